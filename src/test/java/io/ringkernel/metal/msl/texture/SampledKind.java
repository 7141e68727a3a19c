package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.ReferenceSampler.Detail;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * A type of texture that can be sampled, and every way in which MSL's member functions look it up.
 *
 * @param name as in MSL
 * @param coordinate the coordinate's components
 * @param offset the components of an offset, or empty
 * @param gradient the name of its gradients, or empty
 */
record SampledKind(String name, TextureType type, String coordinate, String offset, String gradient) {
    static final List<SampledKind> ALL = List.of(
            new SampledKind("texture1d", TextureType.D1, "x", "", ""),
            new SampledKind("texture1d_array", TextureType.D1_ARRAY, "x", "", ""),
            new SampledKind("texture2d", TextureType.D2, "xy", "xy", "gradient2d"),
            new SampledKind("texture2d_array", TextureType.D2_ARRAY, "xy", "xy", "gradient2d"),
            new SampledKind("texture3d", TextureType.D3, "xyz", "xyz", "gradient3d"),
            new SampledKind("texturecube", TextureType.CUBE, "xyz", "", "gradientcube"),
            new SampledKind("texturecube_array", TextureType.CUBE_ARRAY, "xyz", "", "gradientcube"),
            new SampledKind("depth2d", TextureType.D2, "xy", "xy", "gradient2d"),
            new SampledKind("depth2d_array", TextureType.D2_ARRAY, "xy", "xy", "gradient2d"),
            new SampledKind("depthcube", TextureType.CUBE, "xyz", "", "gradientcube"),
            new SampledKind("depthcube_array", TextureType.CUBE_ARRAY, "xyz", "", "gradientcube"));

    /** The arguments of one thread, as floats in the order of the source's struct. */
    record Call(
            double[] at,
            double[] dx,
            double[] dy,
            int[] offset,
            float lod,
            float least,
            int layer,
            float reference,
            int[] texel,
            int face,
            int level) {
        @Override
        public String toString() {
            return "%s, gradients %s %s, offset %s, lod %s, least %s, layer %d, reference %s, texel %s, face %d, %d"
                    .formatted(
                            Arrays.toString(at),
                            Arrays.toString(dx),
                            Arrays.toString(dy),
                            Arrays.toString(offset),
                            lod,
                            least,
                            layer,
                            reference,
                            Arrays.toString(texel),
                            face,
                            level);
        }
    }

    private record Option(String text, Function<Call, Detail> detail) {}

    private static final double NONE = Double.NEGATIVE_INFINITY;

    /** A lookup: the expression in MSL, and what the reference says; empty where it says nothing. */
    record Lookup(String text, Function<Reference, double[]> expected) {}

    /** What the reference needs for one thread. */
    record Reference(ReferenceSampler sampler, Call call, Swizzle swizzle, boolean hasGather) {
        ReferenceSampler.Place place(boolean moved) {
            return new ReferenceSampler.Place(call.at, call.layer, moved ? call.offset : new int[3]);
        }

        double[] swizzled(double[] color) {
            var result = new double[4];
            for (int c = 0; c < 4; c++) {
                int source = swizzle.source(c);
                result[c] = source < 2 ? source : color[source - 2];
            }
            return result;
        }

        double[] gathered(boolean moved, int component) {
            int source = swizzle.source(component);
            if (!hasGather) {
                return new double[0];
            }
            return source < 2
                    ? new double[] {source, source, source, source}
                    : sampler.gather(place(moved), source - 2).orElse(new double[0]);
        }
    }

    boolean isDepth() {
        return name.startsWith("depth");
    }

    /** The struct of arguments and the kernel that makes every lookup. */
    String source(String element) {
        var result = new StringBuilder("""
                struct Call {
                    float4 at; float4 dx; float4 dy; int4 offset; float lod; float least; uint layer; float reference;
                    uint4 texel; uint face; uint level; uint2 rest;
                };
                template <typename T> float4 all(vec<T, 4> v) { return float4(v); }
                float4 all(float v) { return float4(v, 0, 0, 0); }
                kernel void k(%s<%s> t [[texture(0)]], sampler s [[sampler(0)]], device const Call* calls [[buffer(0)]],
                              device float4* out [[buffer(1)]], uint i [[thread_position_in_grid]]) {
                    Call c = calls[i];
                    out += i * %d;
                """.formatted(name, element, lookups().size()));
        int at = 0;
        for (var lookup : lookups()) {
            result.append("    out[")
                    .append(at++)
                    .append("] = all(")
                    .append(lookup.text)
                    .append(");\n");
        }
        return result.append("}\n").toString();
    }

    List<Lookup> lookups() {
        var result = new ArrayList<Lookup>();
        var place = "s, c.at." + coordinate + (type.isArray() ? ", c.layer" : "");
        for (var option : options()) {
            for (boolean moved : moves()) {
                var end = option.text + (moved ? ", c.offset." + offset : "") + ")";
                result.add(new Lookup(
                        "t.sample(" + place + end,
                        r -> r.swizzled(r.sampler.sample(r.place(moved), option.detail.apply(r.call)))));
                if (isDepth()) {
                    result.add(new Lookup("t.sample_compare(" + place + ", c.reference" + end, r -> new double[] {
                        r.sampler.compare(r.place(moved), option.detail.apply(r.call), r.call.reference)
                    }));
                }
            }
        }
        if (type.dimensions() == 2) {
            gathers(place, result);
        }
        result.add(read("uint"));
        result.add(read("ushort"));
        return result;
    }

    private List<Boolean> moves() {
        return offset.isEmpty() ? List.of(false) : List.of(false, true);
    }

    private List<Option> options() {
        var result = new ArrayList<Option>();
        result.add(new Option("", c -> new Detail(0, NONE, null, null)));
        if (!gradient.isEmpty()) {
            var gradients = ", %s(c.dx.%s, c.dy.%s)".formatted(gradient, coordinate, coordinate);
            result.add(new Option(", level(c.lod)", c -> new Detail(c.lod, NONE, null, null)));
            result.add(new Option(", bias(c.lod)", c -> new Detail(c.lod, NONE, null, null)));
            result.add(new Option(", min_lod_clamp(c.least)", c -> new Detail(0, c.least, null, null)));
            result.add(new Option(gradients, c -> new Detail(0, NONE, c.dx, c.dy)));
            result.add(
                    new Option(", bias(c.lod), min_lod_clamp(c.least)", c -> new Detail(c.lod, c.least, null, null)));
            result.add(new Option(gradients + ", min_lod_clamp(c.least)", c -> new Detail(0, c.least, c.dx, c.dy)));
        }
        return result;
    }

    private void gathers(String coordinate, List<Lookup> into) {
        var components = List.of("x", "y", "z", "w");
        for (boolean moved : moves()) {
            var move = moved ? ", c.offset." + offset : "";
            if (isDepth()) {
                into.add(new Lookup("t.gather(" + coordinate + move + ")", r -> r.gathered(moved, 0)));
                into.add(new Lookup(
                        "t.gather_compare(" + coordinate + ", c.reference" + move + ")",
                        r -> r.hasGather
                                ? r.sampler
                                        .gatherCompare(r.place(moved), r.call.reference)
                                        .orElse(new double[0])
                                : new double[0]));
            } else {
                into.add(new Lookup("t.gather(" + coordinate + move + ")", r -> r.gathered(moved, 0)));
            }
        }
        for (int i = 0; i < 4 && !isDepth(); i++) {
            int component = i;
            boolean moved = !offset.isEmpty();
            var arguments = (moved ? ", c.offset." + offset : "") + ", component::" + components.get(i);
            into.add(new Lookup("t.gather(" + coordinate + arguments + ")", r -> r.gathered(moved, component)));
        }
    }

    /** A read, whose coordinates are often outside. */
    private Lookup read(String integer) {
        int components = type.isCube() ? 2 : coordinate.length();
        var arguments =
                integer + (components == 1 ? "" : components) + "(c.texel." + "xyz".substring(0, components) + ")";
        if (type.isCube()) {
            arguments += ", " + integer + "(c.face)";
        }
        if (type.isArray()) {
            arguments += ", " + integer + "(c.layer)";
        }
        if (type.hasLevels()) {
            arguments += ", " + integer + "(c.level)";
        }
        return new Lookup(
                "t.read(" + arguments + ")",
                r -> r.swizzled(
                        r.sampler.read(r.call.texel, r.call.face, r.call.layer, type.hasLevels() ? r.call.level : 0)));
    }
}
