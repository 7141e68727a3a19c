package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.texture.TextureType;
import io.ringkernel.metal.msl.texture.TextureUse;
import io.ringkernel.metal.msl.texture.TextureUse.Access;
import io.ringkernel.metal.msl.texture.TextureUse.Element;
import java.util.Map;
import java.util.Optional;

/**
 * A texture, a sampler, or an array of them, as the class that the library declares.
 *
 * @param use what the texture is taken for; empty for a sampler
 * @param count the length of the array, or 1
 */
public record ResourceType(Optional<TextureUse> use, int count) {
    private static final Map<String, TextureType> TYPES = Map.ofEntries(
            Map.entry("1d", TextureType.D1),
            Map.entry("1d_array", TextureType.D1_ARRAY),
            Map.entry("2d", TextureType.D2),
            Map.entry("2d_array", TextureType.D2_ARRAY),
            Map.entry("2d_ms", TextureType.D2_MULTISAMPLE),
            Map.entry("2d_ms_array", TextureType.D2_MULTISAMPLE_ARRAY),
            Map.entry("3d", TextureType.D3),
            Map.entry("cube", TextureType.CUBE),
            Map.entry("cube_array", TextureType.CUBE_ARRAY),
            Map.entry("_buffer", TextureType.BUFFER));

    private static final Map<ScalarType, Element> ELEMENTS = Map.of(
            ScalarType.FLOAT, Element.FLOAT,
            ScalarType.HALF, Element.HALF,
            ScalarType.INT, Element.INT,
            ScalarType.SHORT, Element.SHORT,
            ScalarType.UINT, Element.UINT,
            ScalarType.USHORT, Element.USHORT,
            ScalarType.ULONG, Element.ULONG);

    /** The file that declares textures and samplers. */
    public static final String FILE = "textures.metal";

    private static final String SAMPLER = "metal::sampler";

    /** What a type is of these; empty for any other. */
    public static Optional<ResourceType> of(QualType type) {
        if (!(type.type() instanceof ClassSymbol symbol)) {
            return Optional.empty();
        }
        if (isResource(symbol)) {
            return Optional.of(new ResourceType(useOf(symbol), 1));
        }
        boolean isArray = symbol.origin() != null && symbol.origin().name().equals("array");
        if (isArray
                && symbol.arguments().size() == 2
                && symbol.arguments().getFirst() instanceof TemplateArgument.OfType(var element)
                && symbol.arguments().getLast() instanceof TemplateArgument.OfValue(var _, long length)) {
            return of(element).map(one -> new ResourceType(one.use, one.count * (int) length));
        }
        return Optional.empty();
    }

    /**
     * Why a type cannot be that of a local variable: textures that are written live in arguments alone (MSL
     * specification, section 2.9). Empty for every other type.
     */
    public static Optional<String> localRefusal(QualType type) {
        if (type.type() instanceof ClassSymbol symbol
                && isTexture(symbol)
                && useOf(symbol).isEmpty()) {
            return Optional.of("invalid element type for texture type " + type.quoted());
        }
        return of(type).flatMap(ResourceType::use)
                .filter(use -> use.access().writes())
                .map(_ -> "a local variable cannot have type " + type.quoted()
                        + ": only textures with access 'sample' or 'read' can be local");
    }

    private static boolean isTexture(ClassSymbol symbol) {
        return symbol.origin() != null
                && symbol.position().file().equals(FILE)
                && symbol.origin().name().matches("(texture|depth).*");
    }

    /** The attribute that says where one is bound. */
    public String attribute() {
        return use.isPresent() ? "texture" : "sampler";
    }

    /** Whether a class is a texture or a sampler. */
    public static boolean isResource(ClassSymbol symbol) {
        return symbol.position().file().equals(FILE)
                && (symbol.name().equals(SAMPLER) || useOf(symbol).isPresent());
    }

    private static Optional<TextureUse> useOf(ClassSymbol symbol) {
        if (symbol.origin() == null || symbol.arguments().size() < 2) {
            return Optional.empty();
        }
        var name = symbol.origin().name();
        boolean isDepth = name.startsWith("depth");
        var type = TYPES.get(name.replaceFirst("^(texture|depth)", ""));
        if (type != null
                && symbol.arguments().get(0) instanceof TemplateArgument.OfType(var element)
                && symbol.arguments().get(1) instanceof TemplateArgument.OfValue(var _, long access)
                && ELEMENTS.containsKey(element.scalar())
                && (!isDepth || element.scalar() == ScalarType.FLOAT)) {
            return Optional.of(
                    new TextureUse(type, isDepth, ELEMENTS.get(element.scalar()), Access.values()[(int) access]));
        }
        return Optional.empty();
    }
}
