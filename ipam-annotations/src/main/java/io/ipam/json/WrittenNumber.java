package io.ipam.json;

/**
 * A number with a fraction or exponent, or with very many digits, as it is written. Thread safety:
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

    /** The nearest number that a library finds which reads every number as a double. */
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
