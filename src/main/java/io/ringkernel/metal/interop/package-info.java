/**
 * The way out of this library: the Objective-C objects behind its wrappers, and messages of your own to them.
 *
 * <p>What Metal has and the wrappers lack, and what other frameworks do with Metal's objects (Metal Performance
 * Shaders, Core ML), can be had through this package:
 *
 * <pre>{@code
 * var setLabel = ObjectiveCMessage.of("setLabel:", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
 * try (var object = ObjectiveCObject.of(buffer)) {
 *     setLabel.send(object, "weights");
 * }
 * }</pre>
 *
 * <p><b>What you owe.</b> Nothing here can check what a message means. You say the C types of its arguments and its
 * result, from the header that declares it; a wrong type corrupts memory or ends the process. You keep alive what the
 * receiver does not retain, and keep Metal's rules, which the wrappers otherwise keep for you: for example, that an
 * encoder is used by one thread, and not after its end. The software device refuses what it does not know, and reports
 * misuse; a Mac may not.
 *
 * <p><b>Threads.</b> As the object behind a wrapper has it. Messages are sent with an autorelease pool in place.
 */
package io.ringkernel.metal.interop;
