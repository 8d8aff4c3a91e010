package io.ipam.json;

/**
 * A number with a fraction or exponent, or with many digits, that keeps its text. Thread safety:
 * immutable.
 */
final class WrittenNumber extends Number {
    private static final long serialVersionUID = 1L;

    private final String text;

    WrittenNumber(String text) {
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    /** The nearest double, as returned by libraries that read every number as a double. */
    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
