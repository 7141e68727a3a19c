/**
 * What the language brings along: its types with their layouts, and its standard library.
 *
 * <p>We chose one static Java method per built-in function, called by generated code, by constant folding and by tests
 * alike, because then its semantics are written once. This package knows neither trees nor bytecode.
 */
package io.ringkernel.metal.msl.builtin;
