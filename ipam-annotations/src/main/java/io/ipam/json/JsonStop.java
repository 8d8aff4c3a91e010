package io.ipam.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The text is not JSON here. Without a stack trace: it never leaves {@link JsonReader#read}. */
final class JsonStop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable IOException refusal;

    JsonStop(@Nullable IOException refusal) {
        super("not JSON", null, false, false);
        this.refusal = refusal;
    }

    /** The refusal of the parser; null if its current token is misplaced, or if there is none. */
    @Nullable
    IOException refusal() {
        return refusal;
    }
}
