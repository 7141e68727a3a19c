package io.ringkernel.metal.software;

import io.ringkernel.metal.software.command.MTLBlitCommandEncoder;
import io.ringkernel.metal.software.command.MTLCommandBuffer;
import io.ringkernel.metal.software.command.MTLCommandBufferDescriptor;
import io.ringkernel.metal.software.command.MTLCommandBufferEncoderInfo;
import io.ringkernel.metal.software.command.MTLCommandEncoder;
import io.ringkernel.metal.software.command.MTLCommandQueue;
import io.ringkernel.metal.software.command.MTLCommandQueueDescriptor;
import io.ringkernel.metal.software.command.MTLComputeCommandEncoder;
import io.ringkernel.metal.software.command.MTLComputePassDescriptor;
import io.ringkernel.metal.software.command.MTLLogState;
import io.ringkernel.metal.software.command.MTLLogStateDescriptor;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSData;
import io.ringkernel.metal.software.foundation.NSDictionary;
import io.ringkernel.metal.software.foundation.NSError;
import io.ringkernel.metal.software.foundation.NSNumber;
import io.ringkernel.metal.software.foundation.NSProcessInfo;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.foundation.NSURL;
import io.ringkernel.metal.software.indirect.MTLIndirectCommandBuffer;
import io.ringkernel.metal.software.indirect.MTLIndirectCommandBufferDescriptor;
import io.ringkernel.metal.software.indirect.MTLIndirectComputeCommand;
import io.ringkernel.metal.software.library.MTLArgumentEncoder;
import io.ringkernel.metal.software.library.MTLBinaryArchive;
import io.ringkernel.metal.software.library.MTLBinaryArchiveDescriptor;
import io.ringkernel.metal.software.library.MTLCompileOptions;
import io.ringkernel.metal.software.library.MTLComputePipelineDescriptor;
import io.ringkernel.metal.software.library.MTLComputePipelineState;
import io.ringkernel.metal.software.library.MTLFunction;
import io.ringkernel.metal.software.library.MTLFunctionConstant;
import io.ringkernel.metal.software.library.MTLFunctionConstantValues;
import io.ringkernel.metal.software.library.MTLFunctionDescriptor;
import io.ringkernel.metal.software.library.MTLFunctionHandle;
import io.ringkernel.metal.software.library.MTLLibrary;
import io.ringkernel.metal.software.library.MTLLinkedFunctions;
import io.ringkernel.metal.software.library.MTLPipelineBufferDescriptor;
import io.ringkernel.metal.software.library.MTLPipelineBufferDescriptorArray;
import io.ringkernel.metal.software.library.MTLVisibleFunctionTable;
import io.ringkernel.metal.software.library.MTLVisibleFunctionTableDescriptor;
import io.ringkernel.metal.software.reflection.MTLArgument;
import io.ringkernel.metal.software.reflection.MTLArrayType;
import io.ringkernel.metal.software.reflection.MTLBinding;
import io.ringkernel.metal.software.reflection.MTLBufferBinding;
import io.ringkernel.metal.software.reflection.MTLComputePipelineReflection;
import io.ringkernel.metal.software.reflection.MTLFunctionTableBinding;
import io.ringkernel.metal.software.reflection.MTLPointerType;
import io.ringkernel.metal.software.reflection.MTLStructMember;
import io.ringkernel.metal.software.reflection.MTLStructType;
import io.ringkernel.metal.software.reflection.MTLTextureBinding;
import io.ringkernel.metal.software.reflection.MTLThreadgroupBinding;
import io.ringkernel.metal.software.reflection.MTLType;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLComputePassSampleBufferAttachmentDescriptor;
import io.ringkernel.metal.software.resource.MTLComputePassSampleBufferAttachmentDescriptorArray;
import io.ringkernel.metal.software.resource.MTLCounter;
import io.ringkernel.metal.software.resource.MTLCounterSampleBuffer;
import io.ringkernel.metal.software.resource.MTLCounterSampleBufferDescriptor;
import io.ringkernel.metal.software.resource.MTLCounterSet;
import io.ringkernel.metal.software.resource.MTLHeap;
import io.ringkernel.metal.software.resource.MTLHeapDescriptor;
import io.ringkernel.metal.software.resource.MTLResidencySet;
import io.ringkernel.metal.software.resource.MTLResidencySetDescriptor;
import io.ringkernel.metal.software.resource.MTLResource;
import io.ringkernel.metal.software.resource.MTLSamplerDescriptor;
import io.ringkernel.metal.software.resource.MTLSamplerState;
import io.ringkernel.metal.software.resource.MTLTexture;
import io.ringkernel.metal.software.resource.MTLTextureDescriptor;
import io.ringkernel.metal.software.runtime.ClassTable;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.sync.MTLCaptureDescriptor;
import io.ringkernel.metal.software.sync.MTLCaptureManager;
import io.ringkernel.metal.software.sync.MTLEvent;
import io.ringkernel.metal.software.sync.MTLFence;
import io.ringkernel.metal.software.sync.MTLSharedEvent;
import io.ringkernel.metal.software.sync.MTLSharedEventListener;
import java.util.stream.Stream;

/** All types that answer messages, and those among them that clients can look up and allocate. */
final class SoftwareTypes {
    private SoftwareTypes() {}

    /** Every class and protocol. */
    static Stream<Class<? extends NSObject>> all() {
        return Stream.of(
                NSObject.class,
                NSString.class,
                NSError.class,
                NSArray.class,
                NSDictionary.class,
                NSNumber.class,
                NSURL.class,
                NSData.class,
                NSProcessInfo.class,
                MTLDevice.class,
                MTLArchitecture.class,
                MTLResource.class,
                MTLBuffer.class,
                MTLHeap.class,
                MTLHeapDescriptor.class,
                MTLTexture.class,
                MTLTextureDescriptor.class,
                MTLSamplerDescriptor.class,
                MTLSamplerState.class,
                MTLCounter.class,
                MTLCounterSet.class,
                MTLCounterSampleBuffer.class,
                MTLCounterSampleBufferDescriptor.class,
                MTLComputePassSampleBufferAttachmentDescriptor.class,
                MTLComputePassSampleBufferAttachmentDescriptorArray.class,
                MTLResidencySet.class,
                MTLResidencySetDescriptor.class,
                MTLCaptureManager.class,
                MTLCaptureDescriptor.class,
                MTLCompileOptions.class,
                MTLLibrary.class,
                MTLFunction.class,
                MTLFunctionDescriptor.class,
                MTLFunctionConstant.class,
                MTLFunctionConstantValues.class,
                MTLComputePipelineDescriptor.class,
                MTLPipelineBufferDescriptor.class,
                MTLPipelineBufferDescriptorArray.class,
                MTLLinkedFunctions.class,
                MTLFunctionHandle.class,
                MTLVisibleFunctionTableDescriptor.class,
                MTLVisibleFunctionTable.class,
                MTLIndirectCommandBufferDescriptor.class,
                MTLIndirectCommandBuffer.class,
                MTLIndirectComputeCommand.class,
                MTLComputePipelineState.class,
                MTLComputePipelineReflection.class,
                MTLBinding.class,
                MTLBufferBinding.class,
                MTLThreadgroupBinding.class,
                MTLFunctionTableBinding.class,
                MTLTextureBinding.class,
                MTLArgument.class,
                MTLArgumentEncoder.class,
                MTLType.class,
                MTLPointerType.class,
                MTLArrayType.class,
                MTLStructType.class,
                MTLStructMember.class,
                MTLBinaryArchiveDescriptor.class,
                MTLBinaryArchive.class,
                MTLCommandQueueDescriptor.class,
                MTLCommandQueue.class,
                MTLLogStateDescriptor.class,
                MTLLogState.class,
                MTLCommandBufferDescriptor.class,
                MTLCommandBuffer.class,
                MTLCommandBufferEncoderInfo.class,
                MTLComputePassDescriptor.class,
                MTLCommandEncoder.class,
                MTLComputeCommandEncoder.class,
                MTLBlitCommandEncoder.class,
                MTLEvent.class,
                MTLSharedEvent.class,
                MTLSharedEventListener.class,
                MTLFence.class);
    }

    /** Defines the classes of a new provider. */
    static void define(ClassTable classes) {
        all().filter(type -> type.getSimpleName().startsWith("MTL")).forEach(classes::defineProtocol);
        classes.define(NSString.class, NSString::new);
        classes.define(NSError.class, null);
        classes.define(NSArray.class, null);
        classes.define(NSDictionary.class, null);
        classes.define(NSNumber.class, null);
        classes.define(NSURL.class, null);
        classes.define(NSData.class, null);
        classes.define(NSProcessInfo.class, null);
        classes.define(MTLHeapDescriptor.class, MTLHeapDescriptor::new);
        classes.define(MTLTextureDescriptor.class, MTLTextureDescriptor::new);
        classes.define(MTLSamplerDescriptor.class, MTLSamplerDescriptor::new);
        classes.define(MTLCounterSampleBufferDescriptor.class, MTLCounterSampleBufferDescriptor::new);
        classes.define(MTLResidencySetDescriptor.class, MTLResidencySetDescriptor::new);
        classes.define(MTLCaptureManager.class, null);
        classes.define(MTLCaptureDescriptor.class, MTLCaptureDescriptor::new);
        classes.define(MTLCompileOptions.class, MTLCompileOptions::new);
        classes.define(MTLFunctionDescriptor.class, MTLFunctionDescriptor::new);
        classes.define(MTLFunctionConstantValues.class, MTLFunctionConstantValues::new);
        classes.define(MTLComputePipelineDescriptor.class, MTLComputePipelineDescriptor::new);
        classes.define(MTLPipelineBufferDescriptor.class, MTLPipelineBufferDescriptor::new);
        classes.define(MTLLinkedFunctions.class, MTLLinkedFunctions::new);
        classes.define(MTLVisibleFunctionTableDescriptor.class, MTLVisibleFunctionTableDescriptor::new);
        classes.define(MTLIndirectCommandBufferDescriptor.class, MTLIndirectCommandBufferDescriptor::new);
        classes.define(MTLBinaryArchiveDescriptor.class, MTLBinaryArchiveDescriptor::new);
        classes.define(MTLCommandQueueDescriptor.class, MTLCommandQueueDescriptor::new);
        classes.define(MTLLogStateDescriptor.class, MTLLogStateDescriptor::new);
        classes.define(MTLCommandBufferDescriptor.class, MTLCommandBufferDescriptor::new);
        classes.define(MTLComputePassDescriptor.class, MTLComputePassDescriptor::new);
        classes.define(MTLSharedEventListener.class, MTLSharedEventListener::new);
    }
}
