// Indirect command buffers (MSL specification, section 6.16). One is memory of 64-bit words: eight that describe it, then
// a record of the same number of words for each command.
//
//   description: commands, words of a record, buffers and threadgroup lengths of a command, whether commands inherit
//                their pipeline, whether they inherit their buffers, 0, 0
//   record:      whether it was ever reset or encoded, dispatch (0 none, 1 of threadgroups, 2 of threads), barrier,
//                pipeline, three words of the grid, three of the threadgroup, then buffers and threadgroup lengths

namespace metal {

#if __METAL_VERSION__ >= 230

struct compute_pipeline_state { ulong __pipeline; };

struct command_buffer {
    device ulong* __commands;
    ulong size() const { return __commands[0]; }
    ulong size() const constant { return __commands[0]; }
    ulong size() const device { return __commands[0]; }
};

struct compute_command {
    device ulong* __description;
    device ulong* __record;

    explicit compute_command(command_buffer commands, uint index)
        : __description(commands.__commands),
          __record(commands.__commands + 8 + ulong(index) * commands.__commands[1]) {
        __require(index < commands.__commands[0]);
    }

    // What is not so ends the kernel, by a store through a null pointer.
    void __require(bool holds) {
        if (!holds) {
            device ulong* nothing = nullptr;
            *nothing = 0;
        }
    }

    void set_compute_pipeline_state(compute_pipeline_state state) {
        __require(__description[4] == 0);
        __record[3] = state.__pipeline;
    }

    void __buffer(ulong address, uint index) {
        __require(__description[5] == 0 && index < __description[2]);
        __record[10 + index] = address;
    }
    template <typename T> void set_kernel_buffer(device T* buffer, uint index) { __buffer(ulong(buffer), index); }
    template <typename T> void set_kernel_buffer(constant T* buffer, uint index) { __buffer(ulong(buffer), index); }

    void set_threadgroup_memory_length(uint length, uint index) {
        __require(index < __description[3]);
        __record[10 + __description[2] + index] = length;
    }

    void __dispatch(ulong kind, uint3 grid, uint3 threads_per_threadgroup) {
        __record[1] = kind;
        for (uint i = 0; i < 3; i++) {
            __record[4 + i] = grid[i];
            __record[7 + i] = threads_per_threadgroup[i];
        }
    }
    void concurrent_dispatch_threadgroups(uint3 threadgroups, uint3 threads_per_threadgroup) {
        __dispatch(1, threadgroups, threads_per_threadgroup);
    }
    void concurrent_dispatch_threads(uint3 threads, uint3 threads_per_threadgroup) {
        __dispatch(2, threads, threads_per_threadgroup);
    }

    void set_barrier() { __record[2] = 1; }
    void clear_barrier() { __record[2] = 0; }

    void reset() {
        __record[0] = 1;
        for (uint i = 1; i < __description[1]; i++) {
            __record[i] = 0;
        }
    }

    void copy_command(compute_command source) {
        for (uint i = 1; i < 6; i++) {
            __require(__description[i] == source.__description[i]);
        }
        for (uint i = 0; i < __description[1]; i++) {
            __record[i] = source.__record[i];
        }
    }
};

#endif

}
