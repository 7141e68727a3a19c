package io.ringkernel.metal.bindings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What native-headers declare, read from the text of the headers and independent of what jextract makes of it. */
final class NativeHeaders {
    private static final Path FOLDER = Path.of("native-headers");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern FUNCTION =
            Pattern.compile("typedef\\s+([\\w\\s*]+?)\\s*\\(\\*(\\w+)\\)\\(([^;]*)\\);");
    private static final Pattern ALIAS = Pattern.compile("typedef\\s+([\\w\\s*]+?)\\b(\\w+);");
    private static final Pattern STRUCT = Pattern.compile("struct (\\w+) \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("([\\w ]+?[ *])(\\w+)(?:\\[(\\d+)])?;");
    private static final Pattern ENUM = Pattern.compile("enum (\\w+) : ([\\w ]+?) \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("(\\w+) = (\\w+),");

    final List<CFunctionType> functions = new ArrayList<>();
    final Map<String, String> aliases = new HashMap<>();
    final Map<String, List<Field>> structs = new HashMap<>();
    final List<Constant> constants = new ArrayList<>();
    final String text;

    /** A function-pointer typedef; the types are written as in the header, with single spaces. */
    record CFunctionType(String name, String result, List<String> arguments) {
        boolean isMessage() {
            return arguments.size() >= 2 && arguments.get(1).equals("SEL") && Character.isUpperCase(name.charAt(0));
        }

        String owner() {
            return name.substring(0, name.indexOf('_'));
        }

        String selector() {
            var keywords = name.substring(name.indexOf('_') + 1);
            return arguments.size() == 2 ? keywords : keywords.replace('_', ':') + ":";
        }

        String receiver() {
            return arguments.getFirst().equals("Class") ? "class" : "instance";
        }
    }

    record Field(String type, String name, int count) {}

    record Constant(String enumeration, String underlying, String name, long value) {}

    NativeHeaders() {
        text = COMMENT.matcher(read()).replaceAll("");
        each(FUNCTION, m -> functions.add(new CFunctionType(m.group(2), clean(m.group(1)), arguments(m.group(3)))));
        each(ALIAS, m -> aliases.put(m.group(2), clean(m.group(1))));
        each(STRUCT, m -> structs.put(m.group(1), fields(m.group(2))));
        each(ENUM, m -> {
            aliases.put(m.group(1), m.group(2));
            Pattern.compile(CONSTANT.pattern())
                    .matcher(m.group(3))
                    .results()
                    .forEach(c -> constants.add(new Constant(m.group(1), m.group(2), c.group(1), number(c.group(2)))));
        });
    }

    static List<Path> files() {
        try (var list = Files.list(FOLDER)) {
            return list.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The type behind an alias, however many aliases there are between. */
    String resolve(String type) {
        var target = aliases.get(type);
        return target == null ? type : resolve(target);
    }

    private void each(Pattern pattern, Consumer<MatchResult> action) {
        pattern.matcher(text).results().forEach(action);
    }

    private static String read() {
        var all = new StringBuilder();
        for (var file : files()) {
            try {
                all.append(Files.readString(file)).append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    private static List<String> arguments(String parameters) {
        var types = new ArrayList<String>();
        for (var parameter : parameters.split(",")) {
            if (!parameter.strip().equals("void")) {
                types.add(clean(parameter.strip().replaceFirst("\\w+$", "")));
            }
        }
        return types;
    }

    private static List<Field> fields(String body) {
        var fields = new ArrayList<Field>();
        FIELD.matcher(body)
                .results()
                .forEach(m -> fields.add(new Field(
                        clean(m.group(1)), m.group(2), m.group(3) == null ? 1 : Integer.parseInt(m.group(3)))));
        return fields;
    }

    private static long number(String literal) {
        return literal.startsWith("0x")
                ? Long.parseUnsignedLong(literal.substring(2), 16)
                : Long.parseUnsignedLong(literal.replace("ULL", ""));
    }

    private static String clean(String type) {
        return type.strip().replaceAll("\\s+", " ").replace(" *", "*");
    }
}
