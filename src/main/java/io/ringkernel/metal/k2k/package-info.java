/**
 * Messages between kernels, and between kernels and the host, through bounded queues in host memory.
 *
 * <p>Unless a method says otherwise, null throws {@link NullPointerException}, and every type may be used by any number
 * of threads, virtual ones included.
 *
 * <p><b>What a {@link io.ringkernel.metal.k2k.K2KBroker} promises.</b> A message that was accepted is delivered once,
 * or ends with a status that its receipt and the dead-letter handler tell: nothing is lost, nothing doubled. Messages
 * of one sender and one priority arrive in the order sent; a receiver gets all messages of a higher priority first.
 * Queues are bounded, and a sender sees when one is full. Each hop advances the hybrid logical clocks of both ends.
 *
 * <p><b>Decision: one bounded ring per priority.</b> Each priority of an endpoint has room for as many messages as the
 * configuration says, so that a flood of low priority cannot keep an urgent message out. We gave up one common bound.
 *
 * <p><b>Decision: sending never blocks.</b> A full queue is an answer, and what to do then is the sender's choice; one
 * choice is to wait in a line before the queue, without a thread.
 *
 * <p><b>Decision: a message for a receiver passes the queue all the same</b>, on the sender's thread. So bounds, order,
 * receipts and timeouts are those of any other endpoint. We gave up some tens of nanoseconds per message.
 *
 * <p><b>Decision: no thread of its own.</b> Sender and receiver meet in the queue; only timeouts need a timer thread,
 * which starts with the first message that can time out, sleeps until one does, and ends when nothing waits any more.
 *
 * <p><b>Decision: many messages share a reading of the clock.</b> Reading the system's clock costs as much as queueing
 * a message. While more than a hundred messages are sent in a millisecond, the timer thread reads it for all of them,
 * each millisecond. We gave up a millisecond of a timestamp's physical part then, and more if the timer thread gets no
 * turn; the order of timestamps, and messages with a deadline, are as exact as ever.
 *
 * <p><b>Decision: what stands in a queue is the receipt.</b> It carries the message until that is taken out, and stays
 * in its slot afterwards, so that keeping the latest receipts costs a sender nothing. We gave up one bound for all
 * receipts: each priority of each endpoint keeps as many as the configuration says.
 */
package io.ringkernel.metal.k2k;
