package io.ipam.annotations;

import io.ipam.json.JsonOptions;
import io.ipam.resolution.ReadingMode;

/**
 * The rules of a mode for the parsers. Thread safety: immutable.
 *
 * @param strict whether likely mistakes are refused
 * @param options the options for reading JSON
 * @param claims whether claims of networks are read
 */
record Reading(boolean strict, JsonOptions options, boolean claims) {
    /**
     * The maximum number of UTF-16 units of one text. Kubernetes allows 262,144 bytes for all
     * annotations of an object together.
     */
    static final int LONGEST = 1 << 20;

    private static final Reading STRICT =
            new Reading(true, JsonOptions.strict(LONGEST).withTrailingComma(), false);
    private static final Reading COMPATIBLE =
            new Reading(false, JsonOptions.compatible(LONGEST).withTrailingComma(), false);

    static Reading of(ReadingMode mode) {
        return mode == ReadingMode.STRICT ? STRICT : COMPATIBLE;
    }

    /** A copy with or without claims. */
    Reading withClaims(boolean read) {
        return new Reading(strict, options, read);
    }

    /**
     * The number of names at the start of a list that must not be empty; {@code compatible} is that
     * number in {@code COMPATIBLE} mode.
     */
    int checkedNames(int compatible) {
        return strict ? Integer.MAX_VALUE : compatible;
    }
}
