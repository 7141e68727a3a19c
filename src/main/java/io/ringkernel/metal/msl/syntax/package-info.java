/** Text in, syntax tree out: preprocessor, lexer, parser, and the diagnostics that every later stage adds to. */
package io.ringkernel.metal.msl.syntax;
