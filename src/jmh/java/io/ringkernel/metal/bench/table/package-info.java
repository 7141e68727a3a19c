/** The table that {@code scripts/bench} prints; it knows nothing of what measured. */
package io.ringkernel.metal.bench.table;
