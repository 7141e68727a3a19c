// Logging (MSL specification, section 6.19). A message is a record of 64-bit words: its type, the addresses of
// subsystem, category and format, then for each argument a word that says what it is (the kind's letter, and the number
// of components times 256) and a word for each component.

namespace metal {

#if __METAL_VERSION__ >= 320

enum log_type { log_type_debug, log_type_info, log_type_default, log_type_error, log_type_fault };

struct __log_record {
    ulong words[4 + 5 * 30];
    uint length;

    void put(char kind, int count) { words[length++] = ulong(kind) | ulong(count) << 8; }
    void put(ulong word) { words[length++] = word; }

    template <typename T, enable_if_t<is_integral_v<T> || is_enum_v<T>, int> = 0> void argument(T value) {
        put('i', 1);
        put(ulong(long(value)));
    }
    template <typename T, enable_if_t<is_floating_point_v<T>, int> = 0> void argument(T value) {
        put('f', 1);
        put(ulong(as_type<uint>(float(value))));
    }
    template <typename T, int n> void argument(vec<T, n> value) {
        put(is_floating_point_v<T> ? 'f' : 'i', n);
        for (int i = 0; i < n; i++) {
            put(is_floating_point_v<T> ? ulong(as_type<uint>(float(value[i]))) : ulong(long(value[i])));
        }
    }
    template <typename T> void argument(device T* value) { put('p', 1), put(ulong(value)); }
    template <typename T> void argument(constant T* value) { put('p', 1), put(ulong(value)); }
    template <typename T> void argument(threadgroup T* value) { put('p', 1), put(ulong(value)); }
    template <typename T> void argument(thread T* value) { put('p', 1), put(ulong(value)); }

    void arguments() {}
    template <typename T, typename... Rest> void arguments(T value, Rest... rest) {
        argument(value);
        arguments(rest...);
    }
};

struct os_log {
    constant char* __subsystem;
    constant char* __category;

    constexpr os_log(constant char* subsystem, constant char* category)
        : __subsystem(subsystem), __category(category) {}

    template <typename... T>
    void log_with_type(log_type type, constant char* format, T... values) const constant {
        static_assert(sizeof...(T) <= 30, "a message has at most 30 arguments");
        __log_record record;
        record.length = 0;
        record.put(ulong(type));
        record.put(ulong(__subsystem));
        record.put(ulong(__category));
        record.put(ulong(format));
        record.arguments(values...);
        __metal_os_log(record.words, record.length);
    }
    template <typename... T> void log_debug(constant char* format, T... values) const constant {
        log_with_type(log_type_debug, format, values...);
    }
    template <typename... T> void log_info(constant char* format, T... values) const constant {
        log_with_type(log_type_info, format, values...);
    }
    template <typename... T> void log(constant char* format, T... values) const constant {
        log_with_type(log_type_default, format, values...);
    }
    template <typename... T> void log_error(constant char* format, T... values) const constant {
        log_with_type(log_type_error, format, values...);
    }
    template <typename... T> void log_fault(constant char* format, T... values) const constant {
        log_with_type(log_type_fault, format, values...);
    }
};

constant os_log os_log_default(nullptr, nullptr);

#endif

}
