/* Compiling MSL: options, libraries, functions and function constants. */
#ifndef RINGKERNEL_METAL_LIBRARY_H
#define RINGKERNEL_METAL_LIBRARY_H

#include "metal_types.h"

/* MTLCompileOptions */
typedef MTLLanguageVersion (*MTLCompileOptions_languageVersion)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setLanguageVersion)(id self, SEL _cmd, MTLLanguageVersion languageVersion);
typedef id (*MTLCompileOptions_preprocessorMacros)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setPreprocessorMacros)(id self, SEL _cmd, id preprocessorMacros);
typedef BOOL (*MTLCompileOptions_fastMathEnabled)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setFastMathEnabled)(id self, SEL _cmd, BOOL fastMathEnabled);
typedef MTLMathMode (*MTLCompileOptions_mathMode)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setMathMode)(id self, SEL _cmd, MTLMathMode mathMode);
typedef MTLMathFloatingPointFunctions (*MTLCompileOptions_mathFloatingPointFunctions)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setMathFloatingPointFunctions)(
        id self, SEL _cmd, MTLMathFloatingPointFunctions mathFloatingPointFunctions);
typedef BOOL (*MTLCompileOptions_preserveInvariance)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setPreserveInvariance)(id self, SEL _cmd, BOOL preserveInvariance);
typedef MTLLibraryType (*MTLCompileOptions_libraryType)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setLibraryType)(id self, SEL _cmd, MTLLibraryType libraryType);
typedef id (*MTLCompileOptions_installName)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setInstallName)(id self, SEL _cmd, id installName);
typedef id (*MTLCompileOptions_libraries)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setLibraries)(id self, SEL _cmd, id libraries);
typedef MTLLibraryOptimizationLevel (*MTLCompileOptions_optimizationLevel)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setOptimizationLevel)(
        id self, SEL _cmd, MTLLibraryOptimizationLevel optimizationLevel);
typedef MTLCompileSymbolVisibility (*MTLCompileOptions_compileSymbolVisibility)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setCompileSymbolVisibility)(
        id self, SEL _cmd, MTLCompileSymbolVisibility compileSymbolVisibility);
typedef BOOL (*MTLCompileOptions_allowReferencingUndefinedSymbols)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setAllowReferencingUndefinedSymbols)(
        id self, SEL _cmd, BOOL allowReferencingUndefinedSymbols);
typedef NSUInteger (*MTLCompileOptions_maxTotalThreadsPerThreadgroup)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setMaxTotalThreadsPerThreadgroup)(
        id self, SEL _cmd, NSUInteger maxTotalThreadsPerThreadgroup);
typedef BOOL (*MTLCompileOptions_enableLogging)(id self, SEL _cmd);
typedef void (*MTLCompileOptions_setEnableLogging)(id self, SEL _cmd, BOOL enableLogging);

/* MTLLibrary */
typedef id (*MTLLibrary_label)(id self, SEL _cmd);
typedef void (*MTLLibrary_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLLibrary_device)(id self, SEL _cmd);
typedef MTLLibraryType (*MTLLibrary_type)(id self, SEL _cmd);
typedef id (*MTLLibrary_installName)(id self, SEL _cmd);
typedef id (*MTLLibrary_functionNames)(id self, SEL _cmd);
typedef id (*MTLLibrary_newFunctionWithName)(id self, SEL _cmd, id name);
typedef id (*MTLLibrary_newFunctionWithName_constantValues_error)(
        id self, SEL _cmd, id name, id constantValues, id *error);
typedef id (*MTLLibrary_newFunctionWithDescriptor_error)(id self, SEL _cmd, id descriptor, id *error);

/* MTLDynamicLibrary */
typedef id (*MTLDynamicLibrary_label)(id self, SEL _cmd);
typedef void (*MTLDynamicLibrary_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLDynamicLibrary_device)(id self, SEL _cmd);
typedef id (*MTLDynamicLibrary_installName)(id self, SEL _cmd);
typedef BOOL (*MTLDynamicLibrary_serializeToURL_error)(id self, SEL _cmd, id url, id *error);

/* MTLFunction */
typedef id (*MTLFunction_label)(id self, SEL _cmd);
typedef void (*MTLFunction_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLFunction_device)(id self, SEL _cmd);
typedef id (*MTLFunction_name)(id self, SEL _cmd);
typedef MTLFunctionType (*MTLFunction_functionType)(id self, SEL _cmd);
typedef id (*MTLFunction_functionConstantsDictionary)(id self, SEL _cmd);
typedef MTLFunctionOptions (*MTLFunction_options)(id self, SEL _cmd);

/* MTLFunctionDescriptor */
typedef id (*MTLFunctionDescriptor_functionDescriptor)(Class self, SEL _cmd);
typedef id (*MTLFunctionDescriptor_name)(id self, SEL _cmd);
typedef void (*MTLFunctionDescriptor_setName)(id self, SEL _cmd, id name);
typedef id (*MTLFunctionDescriptor_specializedName)(id self, SEL _cmd);
typedef void (*MTLFunctionDescriptor_setSpecializedName)(id self, SEL _cmd, id specializedName);
typedef id (*MTLFunctionDescriptor_constantValues)(id self, SEL _cmd);
typedef void (*MTLFunctionDescriptor_setConstantValues)(id self, SEL _cmd, id constantValues);
typedef MTLFunctionOptions (*MTLFunctionDescriptor_options)(id self, SEL _cmd);
typedef void (*MTLFunctionDescriptor_setOptions)(id self, SEL _cmd, MTLFunctionOptions options);
typedef id (*MTLFunctionDescriptor_binaryArchives)(id self, SEL _cmd);
typedef void (*MTLFunctionDescriptor_setBinaryArchives)(id self, SEL _cmd, id binaryArchives);

/* MTLFunctionConstant */
typedef id (*MTLFunctionConstant_name)(id self, SEL _cmd);
typedef NSUInteger (*MTLFunctionConstant_index)(id self, SEL _cmd);
typedef MTLDataType (*MTLFunctionConstant_type)(id self, SEL _cmd);
typedef BOOL (*MTLFunctionConstant_required)(id self, SEL _cmd);

/* MTLFunctionConstantValues */
typedef void (*MTLFunctionConstantValues_setConstantValue_type_atIndex)(
        id self, SEL _cmd, const void *value, MTLDataType type, NSUInteger index);
typedef void (*MTLFunctionConstantValues_setConstantValue_type_withName)(
        id self, SEL _cmd, const void *value, MTLDataType type, id name);
typedef void (*MTLFunctionConstantValues_setConstantValues_type_withRange)(
        id self, SEL _cmd, const void *values, MTLDataType type, NSRange range);
typedef void (*MTLFunctionConstantValues_reset)(id self, SEL _cmd);

#endif
