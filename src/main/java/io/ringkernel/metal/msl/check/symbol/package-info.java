/**
 * What names mean in a program that is being checked: symbols, the scopes that hold them, and types as C++ sees them.
 *
 * <p>We chose symbols that change while their declaration is read (a class gains members, a function its definition)
 * and types that do not: two types are equal if C++ calls them the same. Every type here is used by one thread, that of
 * its compilation.
 */
package io.ringkernel.metal.msl.check.symbol;
