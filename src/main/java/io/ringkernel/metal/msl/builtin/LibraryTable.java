package io.ringkernel.metal.msl.builtin;

import io.ringkernel.metal.msl.builtin.Builtin.Kind;
import io.ringkernel.metal.msl.builtin.LibraryEntry.Elements;
import io.ringkernel.metal.msl.builtin.LibraryEntry.Naming;
import io.ringkernel.metal.msl.builtin.LibraryEntry.Signature;
import io.ringkernel.metal.msl.builtin.LibraryEntry.Target;
import io.ringkernel.metal.msl.run.Atomics;
import io.ringkernel.metal.msl.run.Lanes;
import io.ringkernel.metal.msl.run.lane.LaneFills;
import io.ringkernel.metal.msl.run.lane.LaneMatrices;
import io.ringkernel.metal.msl.run.lane.LanePrefixes;
import io.ringkernel.metal.msl.run.lane.LaneReductions;
import io.ringkernel.metal.msl.run.lane.LaneShuffles;
import io.ringkernel.metal.msl.run.lane.LaneVotes;
import io.ringkernel.metal.msl.texture.TextureUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The library, one line per family of overloads, by the headers of the specification (MSL specification, chapter 6),
 * all but those on atomics and matrices ({@link AtomicTable}, {@link MatrixTable}).
 *
 * <p>A line reads {@code since elements counts signature options}. Elements are letters ({@link #ELEMENTS}); counts are
 * the vector lengths, 1 being the scalar. In a signature {@code T} is the scalar or vector, {@code E} its element,
 * {@code B N U} the same shape of bool, int, or the unsigned type of the same width, {@code &T} a thread reference; any
 * other word names a type.
 *
 * <p>Options: {@code variants} (fast:: and precise::), a {@link Naming} in lower case, {@code java=} the method where
 * it is not the name in camel case, {@code second=} the method of a second result.
 */
final class LibraryTable {

    private static final Map<String, Elements> ELEMENTS = Map.of(
            "-", Elements.NONE,
            "F", Elements.FLOATING,
            "FB", Elements.FLOATING_OR_BFLOAT,
            "I", Elements.INTEGER,
            "I32", Elements.INTEGER_32,
            "B", Elements.BOOLEAN,
            "L", Elements.LANE,
            "LI", Elements.LANE_INTEGER,
            "Q", Elements.QUAD_LANE);

    private static final String COMMON = """
            100 F 1-4 T=clamp(T,T,T) variants
            100 F 1-4 T=mix(T,T,T)
            100 F 1-4 T=saturate(T) variants
            100 F 1-4 T=sign(T)
            100 F 1-4 T=smoothstep(T,T,T)
            100 F 1-4 T=step(T,T)
            """;

    private static final String INTEGER = """
            100 I 1-4 T=abs(T) sign_and_width
            100 I 1-4 U=absdiff(T,T) sign
            100 I 1-4 T=addsat(T,T) sign_and_width
            100 I 1-4 T=clamp(T,T,T) sign
            100 I 1-4 T=clz(T) width
            100 I 1-4 T=ctz(T) width
            120 I 1-4 T=extract_bits(T,uint,uint) sign
            100 I 1-4 T=hadd(T,T) sign
            120 I 1-4 T=insert_bits(T,T,uint,uint) width
            210 I32 1-4 T=mad24(T,T,T)
            100 I 1-4 T=madhi(T,T,T) sign_and_width
            100 I 1-4 T=madsat(T,T,T) sign_and_width
            100 I 1-4 T=max(T,T) sign
            210 I 1-4 T=max3(T,T,T) sign
            210 I 1-4 T=median3(T,T,T) sign
            100 I 1-4 T=min(T,T) sign
            210 I 1-4 T=min3(T,T,T) sign
            210 I32 1-4 T=mul24(T,T)
            100 I 1-4 T=mulhi(T,T) sign_and_width
            100 I 1-4 T=popcount(T) width
            210 I 1-4 T=reverse_bits(T) width
            100 I 1-4 T=rhadd(T,T) sign
            100 I 1-4 T=rotate(T,T) width
            100 I 1-4 T=subsat(T,T) sign_and_width
            """;

    private static final String RELATIONAL = """
            100 FB 1-4 B=isfinite(T)
            100 FB 1-4 B=isinf(T)
            100 FB 1-4 B=isnan(T)
            100 FB 1-4 B=isnormal(T) half
            100 FB 1-4 B=isordered(T,T)
            100 FB 1-4 B=isunordered(T,T)
            100 FB 1-4 B=signbit(T)
            100 B  1-4 T=not(T)
            100 FB 1-4 T=select(T,T,B)
            100 I  1-4 T=select(T,T,B)
            100 B  1-4 T=select(T,T,B)
            """;

    private static final String RELATIONAL_REDUCTIONS = """
            100 B 1-4 E=all(T)
            100 B 1-4 E=any(T)
            """;

    private static final String MATH = """
            100 F 1-4 T=abs(T) variants java=fabs
            100 F 1-4 T=acos(T) variants
            100 F 1-4 T=acosh(T) variants
            100 F 1-4 T=asin(T) variants
            100 F 1-4 T=asinh(T) variants
            100 F 1-4 T=atan(T) variants
            100 F 1-4 T=atan2(T,T) variants
            100 F 1-4 T=atanh(T) variants
            100 F 1-4 T=ceil(T) variants
            100 F 1-4 T=copysign(T,T) variants
            100 F 1-4 T=cos(T) variants
            100 F 1-4 T=cosh(T) variants
            100 F 1-4 T=cospi(T) variants
            100 F 1-4 T=divide(T,T) variants
            100 F 1-4 T=exp(T) variants
            100 F 1-4 T=exp10(T) variants
            100 F 1-4 T=exp2(T) variants
            100 F 1-4 T=fabs(T) variants
            100 F 1-4 T=fdim(T,T) variants
            100 F 1-4 T=floor(T) variants
            100 F 1-4 T=fma(T,T,T) variants half
            100 F 1-4 T=fmax(T,T) variants
            210 F 1-4 T=fmax3(T,T,T) variants
            100 F 1-4 T=fmedian3(T,T,T) variants
            100 F 1-4 T=fmin(T,T) variants
            210 F 1-4 T=fmin3(T,T,T) variants
            100 F 1-4 T=fmod(T,T) variants
            100 F 1-4 T=fract(T) variants half
            100 F 1-4 N=ilogb(T) variants
            100 F 1-4 T=ldexp(T,N) variants
            100 F 1-4 T=log(T) variants
            100 F 1-4 T=log10(T) variants
            100 F 1-4 T=log2(T) variants
            100 F 1-4 T=max(T,T) variants java=fmax
            210 F 1-4 T=max3(T,T,T) variants java=fmax3
            210 F 1-4 T=median3(T,T,T) variants java=fmedian3
            100 F 1-4 T=min(T,T) variants java=fmin
            210 F 1-4 T=min3(T,T,T) variants java=fmin3
            310 F 1-4 T=nextafter(T,T) half
            100 F 1-4 T=pow(T,T) variants
            100 F 1-4 T=powr(T,T) variants
            100 F 1-4 T=rint(T) variants
            100 F 1-4 T=round(T) variants
            100 F 1-4 T=rsqrt(T) variants
            100 F 1-4 T=sin(T) variants
            100 F 1-4 T=sinh(T) variants
            100 F 1-4 T=sinpi(T) variants
            100 F 1-4 T=sqrt(T) variants
            100 F 1-4 T=tan(T) variants
            100 F 1-4 T=tanh(T) variants
            100 F 1-4 T=tanpi(T) variants
            100 F 1-4 T=trunc(T) variants
            """;

    private static final String MATH_TWO_RESULTS = """
            100 F 1-4 T=frexp(T,&N) variants java=frexpMantissa second=frexpExponent
            100 F 1-4 T=modf(T,&T) variants java=modfFraction second=trunc
            100 F 1-4 T=sincos(T,&T) variants java=sin second=cos
            """;

    private static final String GEOMETRIC_REDUCTIONS = """
            100 F 2-4 E=distance(T,T) variants
            100 F 2-4 E=distance_squared(T,T)
            100 F 2-4 E=dot(T,T)
            100 F 2-4 E=length(T) variants
            100 F 2-4 E=length_squared(T)
            """;

    private static final String GEOMETRIC_VECTORS = """
            100 F 3-3 T=cross(T,T)
            100 F 2-4 T=faceforward(T,T,T)
            100 F 2-4 T=normalize(T) variants
            100 F 2-4 T=reflect(T,T)
            100 F 2-4 T=refract(T,T,E)
            """;

    private static final String PACK = """
            100 - 1-1 uint=pack_float_to_unorm4x8(float4) java=packUnorm4x8
            100 - 1-1 uint=pack_float_to_snorm4x8(float4) java=packSnorm4x8
            100 - 1-1 uint=pack_float_to_srgb_unorm4x8(float4) java=packSrgbUnorm4x8
            100 - 1-1 uint=pack_float_to_unorm2x16(float2) java=packUnorm2x16
            100 - 1-1 uint=pack_float_to_snorm2x16(float2) java=packSnorm2x16
            100 - 1-1 uint=pack_float_to_unorm10a2(float4) java=packUnorm10a2
            100 - 1-1 ushort=pack_float_to_unorm565(float3) java=packUnorm565
            400 - 1-1 uint=pack_float_to_snorm10a2(float4) java=packSnorm10a2
            100 - 1-1 uint=pack_half_to_unorm4x8(half4) java=packUnorm4x8
            100 - 1-1 uint=pack_half_to_snorm4x8(half4) java=packSnorm4x8
            100 - 1-1 uint=pack_half_to_srgb_unorm4x8(half4) java=packSrgbUnorm4x8
            100 - 1-1 uint=pack_half_to_unorm2x16(half2) java=packUnorm2x16
            100 - 1-1 uint=pack_half_to_snorm2x16(half2) java=packSnorm2x16
            100 - 1-1 uint=pack_half_to_unorm10a2(half4) java=packUnorm10a2
            100 - 1-1 ushort=pack_half_to_unorm565(half3) java=packUnorm565
            400 - 1-1 uint=pack_half_to_snorm10a2(half4) java=packSnorm10a2
            100 - 1-1 float4=unpack_unorm4x8_to_float(uint) java=unpackUnorm4x8
            100 - 1-1 float4=unpack_snorm4x8_to_float(uint) java=unpackSnorm4x8
            100 - 1-1 float4=unpack_unorm4x8_srgb_to_float(uint) java=unpackUnorm4x8Srgb
            100 - 1-1 float2=unpack_unorm2x16_to_float(uint) java=unpackUnorm2x16
            100 - 1-1 float2=unpack_snorm2x16_to_float(uint) java=unpackSnorm2x16
            100 - 1-1 float4=unpack_unorm10a2_to_float(uint) java=unpackUnorm10a2
            100 - 1-1 float3=unpack_unorm565_to_float(ushort) java=unpackUnorm565
            400 - 1-1 float4=unpack_snorm10a2_to_float(uint) java=unpackSnorm10a2
            100 - 1-1 half4=unpack_unorm4x8_to_half(uint) java=unpackUnorm4x8
            100 - 1-1 half4=unpack_snorm4x8_to_half(uint) java=unpackSnorm4x8
            100 - 1-1 half4=unpack_unorm4x8_srgb_to_half(uint) java=unpackUnorm4x8Srgb
            100 - 1-1 half2=unpack_unorm2x16_to_half(uint) java=unpackUnorm2x16
            100 - 1-1 half2=unpack_snorm2x16_to_half(uint) java=unpackSnorm2x16
            100 - 1-1 half4=unpack_unorm10a2_to_half(uint) java=unpackUnorm10a2
            100 - 1-1 half3=unpack_unorm565_to_half(ushort) java=unpackUnorm565
            400 - 1-1 half4=unpack_snorm10a2_to_half(uint) java=unpackSnorm10a2
            """;

    private static final String BARRIER = """
            100 - 1-1 void=threadgroup_barrier(mem_flags) java=requireAll
            320 - 1-1 void=threadgroup_barrier(mem_flags,thread_scope) java=requireAll
            """;

    private static final String SIMDGROUP_BARRIER = """
            200 - 1-1 void=simdgroup_barrier(mem_flags) java=requireWholeSimdgroups
            320 - 1-1 void=simdgroup_barrier(mem_flags,thread_scope) java=requireWholeSimdgroups
            """;

    private static final String FENCE = """
            320 - 1-1 void=atomic_thread_fence(mem_flags,memory_order) java=fence
            320 - 1-1 void=atomic_thread_fence(mem_flags,memory_order,thread_scope) java=fence
            """;

    private static final String SHUFFLES = """
            200 L  1-4 T=simd_shuffle(T,ushort) java=shuffle
            200 L  1-4 T=simd_shuffle_up(T,ushort) java=up
            200 L  1-4 T=simd_shuffle_down(T,ushort) java=down
            200 L  1-4 T=simd_shuffle_xor(T,ushort) java=xor
            200 L  1-4 T=simd_broadcast(T,ushort) java=shuffle
            210 L  1-4 T=simd_broadcast_first(T) java=first
            210 L  1-4 T=simd_shuffle_rotate_up(T,ushort) java=rotateUp
            210 L  1-4 T=simd_shuffle_rotate_down(T,ushort) java=rotateDown
            """;

    private static final String FILLS = """
            240 L  1-4 T=simd_shuffle_and_fill_up(T,T,ushort) java=up
            240 L  1-4 T=simd_shuffle_and_fill_up(T,T,ushort,ushort) java=up
            240 L  1-4 T=simd_shuffle_and_fill_down(T,T,ushort) java=down
            240 L  1-4 T=simd_shuffle_and_fill_down(T,T,ushort,ushort) java=down
            """;

    private static final String REDUCTIONS = """
            210 -  1-1 bool=simd_all(bool) java=and
            210 -  1-1 bool=simd_any(bool) java=or
            210 L  1-4 T=simd_sum(T) java=sum half
            210 L  1-4 T=simd_product(T) java=product half
            210 L  1-4 T=simd_min(T) java=min unsigned
            210 L  1-4 T=simd_max(T) java=max unsigned
            210 LI 1-4 T=simd_and(T) java=and
            210 LI 1-4 T=simd_or(T) java=or
            210 LI 1-4 T=simd_xor(T) java=xor
            """;

    private static final String PREFIXES = """
            210 L  1-4 T=simd_prefix_inclusive_sum(T) java=inclusiveSum half
            210 L  1-4 T=simd_prefix_exclusive_sum(T) java=exclusiveSum half
            210 L  1-4 T=simd_prefix_inclusive_product(T) java=inclusiveProduct half
            210 L  1-4 T=simd_prefix_exclusive_product(T) java=exclusiveProduct half
            """;

    private static final String VOTES = """
            210 -  1-1 bool=simd_is_first() java=isFirst
            210 -  1-1 ulong=__simd_ballot(bool) java=ballot
            """;

    /** What the functions of simdgroup_matrix are written with. */
    private static final String MATRICES = """
            230 - 1-1 void=__simdgroup_matrix() java=requireWhole
            230 - 1-1 float2=__simdgroup_multiply(float2,float2) java=multiply
            230 - 1-1 float2=__simdgroup_multiply_accumulate(float2,float2,float2) java=multiplyAccumulate
            """;

    private static final String INPUTS = """
            100 - 1-1 uint=__thread_index_in_simdgroup()
            """;

    private LibraryTable() {}

    /** Every line, parsed. */
    static List<LibraryEntry> entries() {
        var entries = new ArrayList<LibraryEntry>(300);
        parse(entries, Kind.ELEMENTWISE, CommonFunctions.class, COMMON);
        parse(entries, Kind.ELEMENTWISE, IntegerFunctions.class, INTEGER);
        parse(entries, Kind.ELEMENTWISE, RelationalFunctions.class, RELATIONAL);
        parse(entries, Kind.REDUCTION, RelationalFunctions.class, RELATIONAL_REDUCTIONS);
        parse(entries, Kind.ELEMENTWISE, MathFunctions.class, MATH);
        parse(entries, Kind.TWO_RESULTS, MathFunctions.class, MATH_TWO_RESULTS);
        parse(entries, Kind.REDUCTION, GeometricFunctions.class, GEOMETRIC_REDUCTIONS);
        parse(entries, Kind.VECTOR, null, GEOMETRIC_VECTORS);
        parse(entries, Kind.PACK, PackFunctions.class, PACK);
        parse(entries, Kind.BARRIER, Lanes.class, BARRIER);
        parse(entries, Kind.SIMDGROUP_BARRIER, Lanes.class, SIMDGROUP_BARRIER);
        parse(entries, Kind.FENCE, Atomics.class, FENCE);
        parseLanes(entries, LaneShuffles.class, SHUFFLES);
        parseLanes(entries, LaneFills.class, FILLS);
        parseLanes(entries, LaneReductions.class, REDUCTIONS);
        parseLanes(entries, LanePrefixes.class, PREFIXES);
        parseLanes(entries, LaneVotes.class, VOTES);
        parse(entries, Kind.SIMDGROUP_VECTOR, LaneMatrices.class, MATRICES);
        parse(entries, Kind.INPUT, null, INPUTS);
        parse(entries, Kind.TEXTURE, TextureUnit.class, TextureTable.LINES);
        parse(entries, Kind.LOG, null, "320 - 1-1 void=__metal_os_log(&ulong,uint)");
        return entries;
    }

    /** A quad has the functions of a SIMD-group under another prefix, for integers of 64 bits too. */
    private static void parseLanes(List<LibraryEntry> entries, Class<?> owner, String lines) {
        parse(entries, Kind.SIMDGROUP, owner, lines);
        var ofQuads = lines.replace("simd_", "quad_").replace(" L  ", " Q  ").replace(" LI ", " I  ");
        parse(entries, Kind.QUADGROUP, owner, ofQuads);
    }

    private static void parse(List<LibraryEntry> entries, Kind kind, Class<?> owner, String lines) {
        for (var line : lines.split("\n")) {
            entries.add(parse(kind, owner, line));
        }
    }

    private static LibraryEntry parse(Kind kind, Class<?> owner, String line) {
        var words = line.split(" +");
        var signature = words[3];
        var equals = signature.indexOf('=');
        var open = signature.indexOf('(');
        var name = signature.substring(equals + 1, open);
        var list = signature.substring(open + 1, signature.length() - 1);
        var parameters = list.isEmpty() ? List.<String>of() : List.of(list.split(","));
        var variants = false;
        var naming = Naming.CARRIER;
        var method = camelCase(name);
        String second = null;
        for (int i = 4; i < words.length; i++) {
            var option = words[i];
            if (option.equals("variants")) {
                variants = true;
            } else if (option.startsWith("java=")) {
                method = option.substring(5);
            } else if (option.startsWith("second=")) {
                second = option.substring(7);
            } else {
                naming = Naming.valueOf(option.toUpperCase(Locale.ROOT));
            }
        }
        return new LibraryEntry(
                Integer.parseInt(words[0]),
                kind,
                ELEMENTS.get(words[1]),
                words[2].charAt(0) - '0',
                words[2].charAt(2) - '0',
                new Signature(name, signature.substring(0, equals), parameters, variants),
                new Target(owner, method, naming, second));
    }

    /** {@code length_squared} to {@code lengthSquared}. */
    static String camelCase(String name) {
        var text = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c == '_') {
                text.append(Character.toUpperCase(name.charAt(++i)));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
