/** Libraries, functions, function constants, pipelines and archives of the software Metal. */
package io.ringkernel.metal.software.library;
