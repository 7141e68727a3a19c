package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a device of its own, and holds that the test broke none of Metal's rules and left nothing alive.
 *
 * <p>The device is a software one; with {@code -Dringkernel.test.device=apple} it is the system's GPU, and tests that
 * need the software device ({@link SoftwareMetal} parameter) or a machine without Metal are skipped.
 */
@SuppressWarnings("exports") // JUnit calls it; no client of the module sees it
public final class TestDevice implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final boolean ON_GPU = "apple".equals(System.getProperty("ringkernel.test.device"));

    private static final Optional<String> GPU_MISSING = ON_GPU ? MetalDevice.unavailableReason() : Optional.empty();

    static {
        GPU_MISSING.ifPresent(why -> System.err.println("EVERY TEST ON THE GPU IS SKIPPED: " + why));
    }

    /** A software device that stops a dispatch after so many milliseconds. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    public @interface TimeLimit {
        /** The limit. */
        int millis();
    }

    private SoftwareMetal software;
    private MetalDevice device;

    /** For the extension mechanism of JUnit. */
    public TestDevice() {}

    @Override
    public void beforeEach(ExtensionContext context) {
        if (ON_GPU) {
            // Here, because an assumption that does not hold while JUnit resolves a parameter is a failure for it.
            boolean needsSoftware =
                    List.of(context.getRequiredTestMethod().getParameterTypes()).contains(SoftwareMetal.class);
            Assumptions.assumeFalse(needsSoftware, "needs the software device");
            Assumptions.assumeTrue(GPU_MISSING.isEmpty(), () -> "no GPU: " + GPU_MISSING.orElseThrow());
            device = MetalDevice.systemDefault();
        } else {
            software = SoftwareMetal.noting(configuration(context));
            device = MetalDevice.of(software);
        }
    }

    private static GpuConfiguration configuration(ExtensionContext context) {
        var limit = context.getRequiredTestMethod().getAnnotation(TimeLimit.class);
        var usual = GpuConfiguration.unified();
        return limit == null ? usual : usual.withKernelTimeout(Duration.ofMillis(limit.millis()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (device != null) {
            device.close();
        }
        if (software != null) {
            try (var ended = software) {
                awaitIdle(ended);
                assertThat(ended.violations()).isEmpty();
                assertThat(ended.liveObjects()).isEmpty();
            }
        }
    }

    /** A thread of the driver lets go of an object a moment after it reported the completion. */
    private static void awaitIdle(SoftwareMetal software) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!software.liveObjects().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == MetalDevice.class || type == SoftwareMetal.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == MetalDevice.class ? device : software;
    }
}
