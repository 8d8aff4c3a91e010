package io.ipam.tables;

/**
 * The shapes of cells in an SVG map. Shapes differ without colors. Each color has a contrast of at
 * least 3 to 1 on white and on {@code #14171c}.
 */
enum CellShape {
    FULL("fill=\"#2f74e0\"", true),
    TRIANGLE("fill=\"#c46a00\"", true),
    RING("fill=\"#9158d8\"", true),
    DOT("fill=\"#0c8577\"", true),
    EMPTY("fill=\"#fff\" fill-opacity=\"0\"", true),
    CROSS("fill=\"none\" stroke=\"#7c8694\" stroke-width=\"2\"", true),
    BAR("fill=\"#2f74e0\"", false),
    TWO_DOTS("fill=\"#7c8694\"", false);

    /** The width and the height of a cell. */
    static final int SIZE = 12;

    static final String FRAME_COLOR = "#7c8694";

    /** The path of a frame from the center of its first pixel. */
    static final String FRAME = "h11v11h-11z";

    private final String attributes;
    private final boolean isOfOneState;

    CellShape(String attributes, boolean isOfOneState) {
        this.attributes = attributes;
        this.isOfOneState = isOfOneState;
    }

    /** The shape of a symbol. */
    static CellShape of(char symbol) {
        return switch (symbol) {
            case '#' -> FULL;
            case '~' -> TRIANGLE;
            case 'R' -> RING;
            case 's' -> DOT;
            case 'x' -> CROSS;
            case StateCounts.NONE_HELD -> TWO_DOTS;
            case '.', StateCounts.OUTSIDE -> EMPTY;
            default -> BAR;
        };
    }

    /** The attributes that all cells of this shape share. */
    String attributes() {
        return attributes;
    }

    boolean isOfOneState() {
        return isOfOneState;
    }

    boolean hasFrame() {
        return this != CROSS;
    }

    /** The area of neighboring cells. */
    static String area(int x, int y, int width) {
        return "M" + x + " " + y + "h" + width + "v" + SIZE + "h-" + width + "z";
    }

    /** The path of a cell. A bar is two pixels higher than its digit, and never full. */
    String path(char symbol, int x, int y) {
        return switch (this) {
            case FULL, EMPTY -> square(x, y, SIZE);
            case TRIANGLE -> "M" + x + " " + y + "v12h12z";
            case RING -> square(x, y, SIZE) + "M" + (x + 4) + " " + (y + 4) + "v4h4v-4z";
            case DOT -> square(x + 4, y + 4, 4);
            case CROSS -> "M" + (x + 2) + " " + (y + 2) + "l8 8m-8 0l8-8";
            case BAR -> bar(x, y, symbol - '0' + 2);
            case TWO_DOTS -> square(x + 5, y + 3, 2) + square(x + 5, y + 7, 2);
        };
    }

    private static String square(int x, int y, int size) {
        return "M" + x + " " + y + "h" + size + "v" + size + "h-" + size + "z";
    }

    private static String bar(int x, int y, int height) {
        return "M" + x + " " + (y + SIZE - height) + "h12v" + height + "h-12z";
    }
}
