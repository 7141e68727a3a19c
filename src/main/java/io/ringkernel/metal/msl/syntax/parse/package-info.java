/**
 * Tokens to tree: a recursive-descent parser for MSL's C++.
 *
 * <p>C++ cannot be parsed without knowing which names are types and which are templates, so the parser keeps the scopes of
 * the names declared so far; nothing else is looked up. Where a declaration and an expression look alike, it tries the
 * declaration first, as the language demands. {@link io.ringkernel.metal.msl.syntax.parse.MslParser} is the entry; the
 * parts of one {@link io.ringkernel.metal.msl.syntax.parse.Parser} are its themes (types, declarators, expressions, …).
 */
package io.ringkernel.metal.msl.syntax.parse;
