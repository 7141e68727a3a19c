/**
 * What the parser remembers of names: which are types, which are templates, and what is inside them.
 *
 * <p>It is as much as C++ needs to be parsed. What a name refers to, and whether it may be used, is for the checker.
 */
package io.ringkernel.metal.msl.syntax.scope;
