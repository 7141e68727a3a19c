package io.ringkernel.metal.msl.check.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input is refused by diagnostics, never by an exception: sources with a few tokens lost, doubled or exchanged. */
final class MutationTest {
    private static final Pattern TOKEN =
            Pattern.compile("\\w+|\\s+|::|->|\\+\\+|--|&&|[|][|]|<<|>>|[-+*/%&|^<>=!]=?|.", Pattern.DOTALL);
    private static final int MUTANTS = 500;

    private final List<List<String>> sources = new ArrayList<>();

    MutationTest() throws IOException {
        Fixture.all("accept").forEach(fixture -> sources.add(tokens(fixture.text())));
        Fixture.all("reject").forEach(fixture -> sources.add(tokens(fixture.text())));
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text.replaceAll("//.*", ""))
                .results()
                .map(match -> match.group())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_101})
    void noMutantMakesTheCheckerFail(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < MUTANTS; i++) {
            var mutant = new Fixture("mutant", mutate(random));
            assertThat(mutant.check().errors())
                    .as("seed %d, mutant %d:%n%s", seed, i, mutant.text())
                    .noneMatch(error -> error.message().startsWith("internal compiler error"));
        }
    }

    private String mutate(Random random) {
        var tokens = new ArrayList<>(one(sources, random));
        for (int i = 0; i <= random.nextInt(3) && !tokens.isEmpty(); i++) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(5)) {
                case 0 -> tokens.remove(at);
                case 1 -> tokens.set(at, one(one(sources, random), random));
                case 2 -> tokens.add(at, one(one(sources, random), random) + " ");
                case 3 -> tokens.subList(at, tokens.size()).clear();
                default -> Collections.swap(tokens, at, random.nextInt(tokens.size()));
            }
        }
        return String.join("", tokens);
    }

    private static <T> T one(List<T> many, Random random) {
        return many.get(random.nextInt(many.size()));
    }
}
