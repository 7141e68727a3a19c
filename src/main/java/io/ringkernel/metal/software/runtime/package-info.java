/**
 * An Objective-C runtime in Java: objects behind addresses, reference counts, autorelease pools, classes, selectors,
 * and the upcall stubs through which messages and C functions reach Java methods.
 *
 * <p>A Java class implements the Objective-C class or protocol of the same name, and its methods say which messages
 * they answer ({@link io.ringkernel.metal.software.runtime.Selector}). The first time a message is bound,
 * {@link io.ringkernel.metal.software.runtime.StubFactory} composes a method handle from the checks on receiver and
 * arguments, the method, and the conversion of its result. We chose this over a table of lambdas because a message is
 * then one annotated method with Java types, and no check can be forgotten; we gave up the compiler's check of the
 * signature, which a test over all messages makes instead.
 *
 * <p>Whatever a client does wrong is a {@link io.ringkernel.metal.software.runtime.Violation}: it is recorded, the
 * message returns zero, and no exception leaves the stub.
 */
package io.ringkernel.metal.software.runtime;
