/**
 * Text to tokens: lexer and C++ preprocessor.
 *
 * <p>{@link io.ringkernel.metal.msl.syntax.preprocess.Preprocessor} is the entry. Macros are expanded with hide sets
 * (Dave Prosser's algorithm, the one the C standard was written from). There are no files: the only headers are Metal's
 * own, which contribute macros here and declarations in the checker.
 */
package io.ringkernel.metal.msl.syntax.preprocess;
