/**
 * Command queues, command buffers and encoders of the software Metal, and how what they hold is run.
 *
 * <pre>
 *   encoder ──endEncoding──► command buffer ──commit──► queue's driver thread ──► steps, one after the other
 *                                                                        dispatch ──► chunks on all cores
 * </pre>
 */
package io.ringkernel.metal.software.command;
