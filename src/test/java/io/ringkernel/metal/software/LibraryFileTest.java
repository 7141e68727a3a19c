package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.bindings.dispatch_data_create;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.NSArray;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.software.library.LibraryFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Library files and binary archives. */
final class LibraryFileTest {
    @TempDir
    private Path folder;

    private static NSError refused(TestClient client, byte... content) {
        var create = client.metal.address(CFunction.of(dispatch_data_create.class));
        var data = client.owned(dispatch_data_create.invoke(
                create, client.bytes(content), content.length, MemorySegment.NULL, MemorySegment.NULL));
        var error = client.slot();
        MemorySegment none = client.send("MTLDevice_newLibraryWithData_error", client.device, data, error);
        assertThat(none.address()).isZero();
        return client.errorIn(error);
    }

    @Test
    void applesMetallibIsRefusedWithTheReason() {
        try (var client = new TestClient()) {
            var error = refused(client, (byte) 'M', (byte) 'T', (byte) 'L', (byte) 'B', (byte) 1);
            assertThat(error.domain()).isEqualTo("MTLLibraryErrorDomain");
            assertThat(error.code()).isEqualTo(Mtl.MTLLibraryErrorUnsupported());
            assertThat(error.description()).contains("Apple").contains("source");
        }
    }

    @Test
    void otherBytesAreRefusedToo() {
        try (var client = new TestClient()) {
            assertThat(refused(client, (byte) 0xff, (byte) 0).description()).contains("not a library");
        }
    }

    @Test
    void aFileThatIsNotThereSaysSo() {
        try (var client = new TestClient()) {
            var file = client.string(folder.resolve("none.metallib").toString());
            MemorySegment url = client.send("NSURL_fileURLWithPath", client.metal.classNamed("NSURL"), file);
            var error = client.slot();
            MemorySegment none = client.send("MTLDevice_newLibraryWithURL_error", client.device, url, error);
            assertThat(none.address()).isZero();
            assertThat(client.errorIn(error).code()).isEqualTo(Mtl.MTLLibraryErrorFileNotFound());
        }
    }

    @Test
    void anEmptyArchiveSurvivesAFile() {
        try (var client = new TestClient()) {
            var descriptor = client.newObject("MTLBinaryArchiveDescriptor");
            var archive = client.owned(client.send(
                    "MTLDevice_newBinaryArchiveWithDescriptor_error", client.device, descriptor, client.slot()));
            var path = client.string(folder.resolve("archive").toString());
            MemorySegment url = client.send("NSURL_fileURLWithPath", client.metal.classNamed("NSURL"), path);
            assertThat(client.<Boolean>send("MTLBinaryArchive_serializeToURL_error", archive, url, client.slot()))
                    .isTrue();
            client.send("MTLBinaryArchiveDescriptor_setUrl", descriptor, url);
            client.owned(client.send(
                    "MTLDevice_newBinaryArchiveWithDescriptor_error", client.device, descriptor, client.slot()));
        }
    }

    @Test
    void aSoftwareLibraryFileIsCompiledAndItsPipelineIsFoundInAnArchive() throws IOException {
        try (var client = new TestClient()) {
            var file = folder.resolve("kernels.metallib");
            Files.write(file, LibraryFile.of("kernel void filed(device int* data [[buffer(0)]]) { *data = 1; }"));
            MemorySegment library = client.send(
                    "MTLDevice_newLibraryWithFile_error", client.device, client.string(file.toString()), client.slot());
            MemorySegment function =
                    client.send("MTLLibrary_newFunctionWithName", client.owned(library), client.string("filed"));
            var descriptor = client.newObject("MTLComputePipelineDescriptor");
            client.send("MTLComputePipelineDescriptor_setComputeFunction", descriptor, client.owned(function));
            assertThat(pipelineFromArchive(client, descriptor).address()).isZero();

            var archive = client.owned(client.send(
                    "MTLDevice_newBinaryArchiveWithDescriptor_error",
                    client.device,
                    client.newObject("MTLBinaryArchiveDescriptor"),
                    client.slot()));
            client.send(
                    "MTLBinaryArchive_addComputePipelineFunctionsWithDescriptor_error",
                    archive,
                    descriptor,
                    client.slot());
            var archives = NSArray.of(client.metal, List.of(archive));
            client.send("MTLComputePipelineDescriptor_setBinaryArchives", descriptor, archives);
            client.owned(pipelineFromArchive(client, descriptor));
        }
    }

    private static MemorySegment pipelineFromArchive(TestClient client, MemorySegment descriptor) {
        return client.send(
                "MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error",
                client.device,
                descriptor,
                Mtl.MTLPipelineOptionFailOnBinaryArchiveMiss(),
                MemorySegment.NULL,
                client.slot());
    }
}
