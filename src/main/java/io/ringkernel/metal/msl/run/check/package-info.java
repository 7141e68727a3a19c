/**
 * Finds what threads of a kernel do to each other without order: races, by a shadow of the last accesses to every word;
 * reads of what nobody wrote; and exchanges with lanes that are not there. Generated code calls
 * {@link io.ringkernel.metal.msl.run.check.AccessCheck} before each access when it is instrumented.
 *
 * <p>What is found concerns the run at hand: another input or grid may do what this one did not. A schedule does not
 * matter for races, since order is judged by barriers and not by what happened first; unless the control flow depends
 * on racing values.
 */
package io.ringkernel.metal.msl.run.check;
