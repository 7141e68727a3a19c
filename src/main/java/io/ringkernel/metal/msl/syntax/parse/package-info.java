/**
 * Tokens to tree: a recursive-descent parser for MSL's C++.
 *
 * <p>C++ cannot be parsed without knowing which names are types and which are templates, so the parser keeps the scopes
 * of the names declared so far; nothing else is looked up. Where a declaration and an expression look alike, it tries
 * the declaration first, as the language demands. {@link io.ringkernel.metal.msl.syntax.parse.MslParser} is the entry;
 * a {@code Parser} is what its parts share, and the parts are the themes of the grammar: types, declarators, and so on.
 */
package io.ringkernel.metal.msl.syntax.parse;
