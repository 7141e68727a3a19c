/**
 * How the typed tree is made: names, templates, overloads, conversions and everything that Apple's compiler refuses.
 *
 * <p>We chose to check templates only as instances: a body is the same syntax tree, checked again in a scope that binds
 * its parameters. Nothing is ever type-dependent; we give up errors in templates that nobody uses. An error inside an
 * expression is a {@code Refusal}, caught at the statement or declaration around it; the same exception, thrown while
 * template arguments are substituted, is what removes a candidate from an overload set.
 *
 * <p>Every type here is used by one thread, that of its compilation.
 */
package io.ringkernel.metal.msl.check.semantics;
