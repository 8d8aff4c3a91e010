package io.ipam.annotations;

import io.ipam.json.JsonOptions;
import io.ipam.resolution.ReadingMode;

/**
 * What a mode means for the parsers. Thread safety: immutable.
 *
 * @param strict whether what is likely a mistake is refused
 * @param options how JSON is read
 * @param claims whether claims of networks are read
 */
record Reading(boolean strict, JsonOptions options, boolean claims) {
    /**
     * The most UTF-16 units of one text; Kubernetes allows 262,144 bytes for all annotations of an
     * object together.
     */
    static final int LONGEST = 1 << 20;

    private static final Reading STRICT =
            new Reading(true, JsonOptions.strict(LONGEST).withTrailingComma(), false);
    private static final Reading COMPATIBLE =
            new Reading(false, JsonOptions.compatible(LONGEST).withTrailingComma(), false);

    static Reading of(ReadingMode mode) {
        return mode == ReadingMode.STRICT ? STRICT : COMPATIBLE;
    }

    /** The same reading with or without claims. */
    Reading withClaims(boolean read) {
        return new Reading(strict, options, read);
    }

    /**
     * How many names at the head of a list must not be empty, where {@code compatible} of them must
     * not be in any mode.
     */
    int checkedNames(int compatible) {
        return strict ? Integer.MAX_VALUE : compatible;
    }
}
