/**
 * The syntax tree of MSL (Metal Shading Language) and the diagnostics of its compiler.
 *
 * <p>The tree is what the program says, before anything is looked up: names are unresolved, template bodies are
 * uninstantiated, implicit conversions are absent. Declarators are already folded into types: {@code float (*f)(int)}
 * is a variable whose type is a pointer to a function, and {@code struct S {…} a, *b;} is a
 * {@link io.ringkernel.metal.msl.syntax.Declaration.Struct} followed by two variables. Every construct that MSL refuses
 * for what it <em>means</em> ({@code goto}, {@code new}, {@code virtual}, {@code throw} …) has a node of its own, so
 * that the checker can refuse it by name.
 *
 * <p>All nodes are records in sealed hierarchies; their lists, sets and maps are unmodifiable, and no component is
 * null. Text becomes a tree in two steps, one package each: {@code preprocess} (text to tokens) and {@code parse}
 * (tokens to tree); this package depends on neither.
 */
package io.ringkernel.metal.msl.syntax;
