package io.ringkernel.metal.halo;

import java.time.Duration;

/**
 * What an exchange has done since it was made or reset. Exchanges encoded into a caller's command buffer count when
 * they are encoded; times are known only of those that {@link MetalHaloExchange#exchange} ran.
 *
 * @param exchanges exchanges encoded
 * @param ghostCells ghost cells filled, of all fields
 * @param bytes bytes written into ghost cells
 * @param messages halo messages sent through inboxes; 0 for direct exchange
 * @param lostMessages halo messages of completed exchanges that found no room in their inbox; 0 unless exchanges of one
 *     {@link MetalHaloExchange} ran at the same time, against its contract
 * @param failures exchanges that {@link MetalHaloExchange#exchange} ran and that failed
 * @param gpuTime time on the GPU of the exchanges that {@link MetalHaloExchange#exchange} ran
 */
public record HaloExchangeStats(
        long exchanges,
        long ghostCells,
        long bytes,
        long messages,
        long lostMessages,
        long failures,
        Duration gpuTime) {}
