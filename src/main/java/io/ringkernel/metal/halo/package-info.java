/**
 * Halo exchange: the cells around each tile of a stencil code, filled from the tiles beside it.
 *
 * <p>A domain of cells is cut into a grid of equal tiles (the last along an axis may be smaller). Each tile is stored
 * with a rim of ghost cells, the halo, so that a stencil step can read beyond the tile's edge. After each step an
 * exchange copies into every ghost cell what the cell's owner holds.
 *
 * <pre>
 *    a tile of 4 x 3 cells with a halo of 1:
 *
 *      c n n n n c       n  ghost, north face
 *      w . . . . e       w e s  likewise
 *      w . . . . e       c  ghost, corner: only with HaloExchangeConfig.corners()
 *      w . . . . e       .  interior
 *      c s s s s c
 * </pre>
 *
 * <p>We chose to say for each ghost cell in a table where its value comes from, computed once on the host, because then
 * every kind of edge, width and shape is the same copy on the GPU; we gave up eight bytes of memory for each ghost
 * cell.
 *
 * <p>Unless a method says otherwise, null throws {@link java.lang.NullPointerException}; extents, widths and indices
 * count cells; x grows eastwards, y southwards, z upwards, and x is contiguous in memory.
 */
package io.ringkernel.metal.halo;
