/** What the software Metal says about the arguments of a pipeline, and their types. */
package io.ringkernel.metal.software.reflection;
