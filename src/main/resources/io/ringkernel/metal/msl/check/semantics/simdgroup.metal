// Votes of the lanes of a SIMD-group or quad (MSL specification, sections 6.9.2 and 6.9.3): bit i is lane i, and that of
// a lane that does not take part is 0.

#if __METAL_VERSION__ >= 210

namespace metal {

#define VOTE(GROUP, BITS, ALL)                                                                                         \
    struct GROUP##_vote {                                                                                              \
        typedef BITS vote_t;                                                                                           \
        explicit constexpr GROUP##_vote(vote_t v = 0) : __lanes(v & vote_t(ALL)) {}                                    \
        explicit constexpr operator vote_t() const { return __lanes; }                                                 \
        constexpr bool all() const { return __lanes == vote_t(ALL); }                                                  \
        constexpr bool any() const { return __lanes != 0; }                                                            \
                                                                                                                       \
    private:                                                                                                           \
        vote_t __lanes;                                                                                                \
    };                                                                                                                 \
    inline GROUP##_vote GROUP##_ballot(bool e) { return GROUP##_vote(GROUP##_vote::vote_t(__##GROUP##_ballot(e))); }   \
    inline GROUP##_vote GROUP##_active_threads_mask() { return GROUP##_ballot(true); }

VOTE(simd, size_t, 0xffffffffu)
VOTE(quad, unsigned, 0xfu)
#undef VOTE

}

#endif
