package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of SQLSTATEs before COMMIT was sent. */
class ErrorClassTest {
    @ParameterizedTest
    @CsvSource({"23505, true", "23502, true", "23503, false", "40001, false", "08006, false"})
    void isConflict_onlyOfKeyAndNull(String state, boolean expected) {
        assertEquals(expected, ErrorClass.isConflict(new SQLException("x", state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22021", "22P05", "54000"})
    void withoutEffect_dataOrProgramLimit_isUnstorable(String state) {
        assertInstanceOf(UnstorableException.class, ErrorClass.withoutEffect("commit", new SQLException("x", state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "55P03", "57P01", "25P03", "25006", "42501", "HYT00"})
    void withoutEffect_otherState_isUnavailable(String state) {
        assertInstanceOf(
                StoreUnavailableException.class, ErrorClass.withoutEffect("commit", new SQLException("x", state)));
    }

    @Test
    void withoutEffect_noState_isUnavailable() {
        assertEquals(
                "cannot commit: x (SQLSTATE unknown)",
                ErrorClass.withoutEffect("commit", new SQLException("x")).getMessage());
    }
}
