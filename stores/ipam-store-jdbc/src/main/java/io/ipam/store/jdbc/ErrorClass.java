package io.ipam.store.jdbc;

import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.sql.SQLException;

/**
 * The meaning of an SQLSTATE. COMMIT is a separate trip, so after an error of any other statement
 * the commit certainly has no effect.
 *
 * <p>Thread safety: stateless.
 */
final class ErrorClass {
    private static final String DUPLICATE_KEY = "23505";
    private static final String NULL_VALUE = "23502";

    private ErrorClass() {}

    /**
     * Whether the row of a commit could not be inserted: its revision exists, or its predecessor
     * does not. Statements over other rows cause neither error.
     */
    static boolean isConflict(SQLException failed) {
        return DUPLICATE_KEY.equals(failed.getSQLState()) || NULL_VALUE.equals(failed.getSQLState());
    }

    static boolean isMissingTable(SQLException failed) {
        String state = state(failed);
        return state.equals("42P01") || state.equals("42S02") || state.equals("42S03") || state.equals("42S04");
    }

    /** The exception of a call that certainly changed nothing. */
    static StoreException withoutEffect(String failure, SQLException failed) {
        String message = "cannot " + failure + ": " + failed.getMessage() + " (SQLSTATE " + state(failed) + ")";
        return isUnstorable(state(failed))
                ? new UnstorableException(message, failed)
                : new StoreUnavailableException(message, failed);
    }

    /** Data exceptions, and limits of the program such as the size of an index row. */
    private static boolean isUnstorable(String state) {
        return state.startsWith("22") || state.startsWith("54");
    }

    private static String state(SQLException failed) {
        String state = failed.getSQLState();
        return state == null ? "unknown" : state;
    }
}
