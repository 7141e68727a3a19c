package io.ringkernel.metal.examples;

import java.nio.file.Path;
import java.util.Optional;

/** The command line of {@link Demo}. {@code image} is empty for the picture that ships with it. */
record DemoArguments(boolean help, boolean software, Optional<Path> image) {

    static final String USAGE = """
            usage: scripts/demo [--image FILE] [--software] [--help]

              --image FILE   the picture to filter (PNG, JPEG, GIF, BMP, TIFF) instead of the one that ships
              --software     use the software device even where there is Metal
              --help         print this text

            The results are written to target/demo.""";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException for an option that does not exist, or that lacks its value
     */
    static DemoArguments parse(String... arguments) {
        boolean help = false;
        boolean software = false;
        Optional<Path> image = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--help", "-h" -> help = true;
                case "--software" -> software = true;
                case "--image" -> {
                    if (++i == arguments.length) {
                        throw new IllegalArgumentException("--image needs a file");
                    }
                    image = Optional.of(Path.of(arguments[i]));
                }
                default -> throw new IllegalArgumentException("no such option: " + arguments[i]);
            }
        }
        return new DemoArguments(help, software, image);
    }
}
