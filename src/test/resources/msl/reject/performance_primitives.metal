// version: 4.0
#include <MetalPerformancePrimitives/MetalPerformancePrimitives.h>  // error: 'MetalPerformancePrimitives/MetalPerformancePrimitives.h' is not supported by the software device yet
