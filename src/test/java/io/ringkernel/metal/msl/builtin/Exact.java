package io.ringkernel.metal.msl.builtin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Elementary functions by their series, to 40 digits: what the library's functions are measured against. */
final class Exact {

    static final MathContext PRECISION = new MathContext(60, RoundingMode.HALF_EVEN);
    static final BigDecimal PI =
            new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459230782");
    private static final BigDecimal TINY = new BigDecimal("1e-55");
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final BigDecimal ONE = BigDecimal.ONE;

    private Exact() {}

    static BigDecimal of(double value) {
        return new BigDecimal(value);
    }

    static BigDecimal divide(BigDecimal x, BigDecimal y) {
        return x.divide(y, PRECISION);
    }

    static BigDecimal sqrt(BigDecimal x) {
        return x.sqrt(PRECISION);
    }

    /** The argument is halved until the series converges fast, the result squared as often. */
    static BigDecimal exp(BigDecimal x) {
        var halvings = 0;
        var small = x;
        while (small.abs().compareTo(new BigDecimal("0.01")) > 0) {
            small = divide(small, TWO);
            halvings++;
        }
        var sum = ONE;
        var term = ONE;
        for (int k = 1; term.abs().compareTo(TINY) > 0; k++) {
            term = divide(term.multiply(small), BigDecimal.valueOf(k));
            sum = sum.add(term, PRECISION);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, PRECISION);
        }
        return sum;
    }

    /** Square roots bring the argument near 1, where 2 artanh((x - 1) / (x + 1)) converges fast. */
    static BigDecimal log(BigDecimal x) {
        var factor = TWO;
        var near = x;
        while (near.subtract(ONE).abs().compareTo(new BigDecimal("0.1")) > 0) {
            near = sqrt(near);
            factor = factor.multiply(TWO);
        }
        var s = divide(near.subtract(ONE), near.add(ONE));
        var square = s.multiply(s, PRECISION);
        var sum = BigDecimal.ZERO;
        var power = s;
        for (int k = 1; power.abs().compareTo(TINY.multiply(s.abs())) > 0; k += 2) {
            sum = sum.add(divide(power, BigDecimal.valueOf(k)), PRECISION);
            power = power.multiply(square, PRECISION);
        }
        return sum.multiply(factor, PRECISION);
    }

    /** Whole turns are taken off; pi is known to 68 digits, so arguments may have thirty before the point. */
    static BigDecimal sin(BigDecimal x) {
        var turn = PI.multiply(TWO);
        var turns = x.divide(turn, 0, RoundingMode.HALF_EVEN);
        var r = x.subtract(turns.multiply(turn));
        var sum = r;
        var term = r;
        for (int k = 2; term.abs().compareTo(TINY.multiply(TINY)) > 0; k += 2) {
            term = divide(term.multiply(r).multiply(r).negate(), BigDecimal.valueOf((long) k * (k + 1)));
            sum = sum.add(term, PRECISION);
        }
        return sum;
    }

    static BigDecimal cos(BigDecimal x) {
        return sin(x.add(divide(PI, TWO)));
    }

    /** Half angles bring the argument below 0.1, where the series converges fast. */
    static BigDecimal atan(BigDecimal x) {
        var factor = ONE;
        var small = x;
        while (small.abs().compareTo(new BigDecimal("0.1")) > 0) {
            small = divide(small, ONE.add(sqrt(ONE.add(small.multiply(small, PRECISION)))));
            factor = factor.multiply(TWO);
        }
        var square = small.multiply(small, PRECISION).negate();
        var sum = BigDecimal.ZERO;
        var power = small;
        for (int k = 1; power.abs().compareTo(TINY.multiply(small.abs())) > 0; k += 2) {
            sum = sum.add(divide(power, BigDecimal.valueOf(k)), PRECISION);
            power = power.multiply(square, PRECISION);
        }
        return sum.multiply(factor, PRECISION);
    }

    /**
     * How far {@code actual} is from {@code exact}, in units in the last place of the float nearest to {@code exact}.
     */
    static double ulps(float actual, BigDecimal exact) {
        return of(actual)
                .subtract(exact)
                .abs()
                .divide(of(Math.ulp(exact.floatValue())), MathContext.DECIMAL64)
                .doubleValue();
    }
}
