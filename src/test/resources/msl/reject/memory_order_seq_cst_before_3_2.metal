// version: 3.1
#include <metal_stdlib>
using namespace metal;
constant int order = memory_order_seq_cst;  // error: use of undeclared identifier 'memory_order_seq_cst'
