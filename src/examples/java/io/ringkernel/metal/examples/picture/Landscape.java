package io.ringkernel.metal.examples.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Renders the picture that ships with the demo: mountains over a lake, ray-marched through noise. It has what an image
 * filter shows itself on: hard edges, fine texture, and wide smooth gradients.
 *
 * <p>Argument: the PNG to write.
 */
public final class Landscape {

    private static final int WIDTH = 1024;
    private static final int HEIGHT = 768;
    private static final int SAMPLES_PER_AXIS = 2;

    private static final Vec CAMERA = new Vec(0.1, 0.13, -1.1);
    private static final double HORIZON = 0.66;
    private static final double FAR = 14;

    private static final Vec SUN = new Vec(-0.78, 0.42, -0.12).unit();
    private static final Vec SUNLIGHT = new Vec(1.0, 0.78, 0.52).times(3.4);
    private static final Vec SKYLIGHT = new Vec(0.20, 0.31, 0.52);
    private static final Vec ZENITH = new Vec(0.035, 0.13, 0.42);
    private static final Vec HAZE = new Vec(0.62, 0.66, 0.72);
    private static final Vec GLOW = new Vec(1.0, 0.62, 0.30);

    private static final Vec ROCK = new Vec(0.17, 0.145, 0.13);
    private static final Vec GRASS = new Vec(0.075, 0.105, 0.03);
    private static final Vec SNOW = new Vec(0.82, 0.86, 0.94);
    private static final Vec WATER = new Vec(0.012, 0.045, 0.06);

    private Landscape() {}

    /** Renders and writes the picture. */
    public static void main(String[] args) throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, HEIGHT).parallel().forEach(y -> {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, encode(pixel(x, y)));
            }
        });
        ImageIO.write(image, "png", Path.of(args[0]).toFile());
    }

    private static Vec pixel(int x, int y) {
        Vec sum = new Vec(0, 0, 0);
        for (int i = 0; i < SAMPLES_PER_AXIS * SAMPLES_PER_AXIS; i++) {
            double across = x + (i % SAMPLES_PER_AXIS + 0.5) / SAMPLES_PER_AXIS;
            double down = y + (i / SAMPLES_PER_AXIS + 0.5) / SAMPLES_PER_AXIS;
            Vec ray = new Vec((across - WIDTH / 2.0) / HEIGHT, HORIZON - down / HEIGHT, 1.45).unit();
            sum = sum.plus(scene(ray));
        }
        return sum.times(1.0 / (SAMPLES_PER_AXIS * SAMPLES_PER_AXIS));
    }

    private static Vec scene(Vec ray) {
        double ground = march(CAMERA, ray, FAR);
        double water = ray.y() < 0 ? -CAMERA.y() / ray.y() : FAR;
        if (water < Math.min(ground, FAR)) {
            return lake(CAMERA.plus(ray.times(water)), ray, water);
        }
        return ground < FAR ? terrain(CAMERA.plus(ray.times(ground)), ray, ground) : sky(ray);
    }

    /** The distance at which a ray meets the ground, or {@code limit}. */
    private static double march(Vec from, Vec ray, double limit) {
        double distance = 0.01;
        while (distance < limit) {
            Vec place = from.plus(ray.times(distance));
            if (place.y() > 1.7 && ray.y() > 0) {
                return limit;
            }
            double above = place.y() - height(place.x(), place.z(), 9);
            if (above < 0.0006 * distance) {
                return distance;
            }
            distance += Math.max(0.32 * above, 0.0004 * distance);
        }
        return limit;
    }

    /** The ground's height over the water, below zero where the lake is. */
    private static double height(double x, double z, int octaves) {
        double mountains = 1.75 * (Noise.eroded(x * 0.55 + 7.3, z * 0.55 + 2.1, octaves) - 0.60);
        double across = (x - 0.1) / 1.5;
        double along = (z - 0.9) / 2.7;
        double fromLake = across * across + along * along;
        return mountains + 0.05 * Math.max(0, z - 2) - 1.6 / (1 + fromLake * fromLake * fromLake);
    }

    private static Vec normal(Vec place, double distance) {
        double step = 0.0007 * distance + 0.0004;
        double slopeX = height(place.x() + step, place.z(), 12) - height(place.x() - step, place.z(), 12);
        double slopeZ = height(place.x(), place.z() + step, 12) - height(place.x(), place.z() - step, 12);
        return new Vec(-slopeX, 2 * step, -slopeZ).unit();
    }

    private static Vec terrain(Vec place, Vec ray, double distance) {
        Vec normal = normal(place, distance);
        double patches = Noise.octaves(place.x() * 9, place.z() * 9, 4) / 2;
        double strata = Noise.octaves(place.x() * 2, place.y() * 38, 3) / 2;
        Vec ground = ROCK.times(0.55 + 0.9 * strata);
        double lush = between(0.55, 0.8, normal.y() + 0.3 * (patches - 0.5)) * (1 - between(0.25, 0.5, place.y()));
        ground = ground.mix(GRASS.times(0.6 + 0.8 * patches), lush);
        double snow = between(0.42, 0.62, place.y() + 0.35 * (patches - 0.5)) * between(0.42, 0.62, normal.y());
        ground = ground.mix(SNOW, snow);
        double shore = 1 - between(0.0, 0.012, place.y());
        ground = ground.mix(ROCK.times(0.6), shore);
        double lit = Math.max(0, normal.dot(SUN)) * sunlight(place.plus(normal.times(0.004)));
        double open = 0.5 + 0.5 * normal.y();
        Vec light = SUNLIGHT.times(lit).plus(SKYLIGHT.times(open));
        return haze(ground.times(light), ray, distance);
    }

    /** 1 where nothing stands between a place and the sun, 0 in full shadow. */
    private static double sunlight(Vec place) {
        double clearance = 1;
        double distance = 0.012;
        while (distance < 3 && clearance > 0) {
            Vec towards = place.plus(SUN.times(distance));
            double above = towards.y() - height(towards.x(), towards.z(), 7);
            clearance = Math.min(clearance, 22 * above / distance);
            distance += Math.max(0.006, 0.25 * above);
        }
        return Math.max(0, clearance);
    }

    private static Vec lake(Vec place, Vec ray, double distance) {
        double ripple = 0.05 / (1 + 0.8 * distance);
        double slopeX = Noise.octaves(place.x() * 26, place.z() * 70, 3) / 2 - 0.87;
        double slopeZ = Noise.octaves(place.x() * 26 + 41, place.z() * 70 + 17, 3) / 2 - 0.87;
        Vec normal = new Vec(ripple * slopeX, 1, ripple * slopeZ).unit();
        Vec mirrored = ray.plus(normal.times(-2 * ray.dot(normal)));
        Vec away = new Vec(mirrored.x(), Math.max(0.004, mirrored.y()), mirrored.z()).unit();
        double hit = march(place, away, FAR);
        Vec reflection = hit < FAR ? terrain(place.plus(away.times(hit)), away, hit) : sky(away);
        double grazing = 1 - away.y();
        double share = 0.12 + 0.80 * grazing * grazing * grazing * grazing;
        double depth = between(0, 0.03, -height(place.x(), place.z(), 6));
        Vec body = ROCK.times(0.5).mix(WATER, depth);
        return haze(body.mix(reflection, share), ray, distance * 0.6);
    }

    private static Vec sky(Vec ray) {
        double up = Math.max(0, ray.y());
        double sun = Math.max(0, ray.dot(SUN));
        Vec colour = HAZE.mix(ZENITH, 1 - 1 / (1 + 9 * up * (0.25 + 2 * up)));
        colour = colour.plus(GLOW.times(0.34 * power(sun, 4)));
        double along = 1.0 / (up + 0.10);
        double cloud = Noise.octaves(ray.x() * along * 1.1 + 3.7, ray.z() * along * 1.1 + 9.2, 7) / 2;
        double cover = between(0.52, 0.80, cloud) * between(0.02, 0.16, up);
        double thickness = between(0.6, 0.95, cloud);
        Vec lit = new Vec(1.0, 0.93, 0.86).plus(GLOW.times(0.5 * power(sun, 3)));
        return colour.mix(lit.mix(new Vec(0.52, 0.53, 0.60), thickness), 0.85 * cover);
    }

    /** Air between the camera and a place: bluish, and golden towards the sun. */
    private static Vec haze(Vec colour, Vec ray, double distance) {
        double share = 1 - 1 / (1 + 0.0055 * distance * distance);
        double sun = Math.max(0, ray.dot(SUN));
        return colour.mix(new Vec(0.40, 0.53, 0.72).mix(GLOW.times(1.1), 0.55 * power(sun, 4)), 0.92 * share);
    }

    private static double power(double base, int exponent) {
        double result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }

    /** 0 up to {@code low}, 1 from {@code high} on, smooth in between. */
    private static double between(double low, double high, double value) {
        double t = Math.clamp((value - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }

    /** More saturation than the scene has, as a camera gives. */
    private static int encode(Vec colour) {
        double grey = colour.dot(new Vec(0.2126, 0.7152, 0.0722));
        Vec vivid = new Vec(grey, grey, grey).mix(colour, 1.4);
        return channel(vivid.x()) << 16 | channel(vivid.y()) << 8 | channel(vivid.z());
    }

    /** Light to a byte: compressed as film does, with the gamma that screens expect. */
    private static int channel(double light) {
        double exposed = Math.max(0, 1.3 * light - 0.012);
        double shown = exposed * (0.28 + exposed) / (exposed * (0.85 + exposed) + 0.22);
        return (int) Math.min(255, Math.round(255 * StrictMath.pow(shown, 1 / 2.2)));
    }
}
