package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The meaning of the errors of etcd and of gRPC. */
class FailuresTest {
    @ParameterizedTest
    @CsvSource({
        "INVALID_ARGUMENT, etcdserver: request is too large",
        "INVALID_ARGUMENT, etcdserver: too many operations in txn request",
        "INVALID_ARGUMENT, etcdserver: duplicate key given in txn request",
        "RESOURCE_EXHAUSTED, grpc: received message larger than max (3000000 vs. 2097152)"
    })
    void ofWrite_tooLarge_isUnstorable(Status.Code code, String description) {
        assertInstanceOf(UnstorableException.class, ofWrite(code, description));
    }

    @ParameterizedTest
    @CsvSource({
        "PERMISSION_DENIED, etcdserver: permission denied",
        "UNAUTHENTICATED, etcdserver: invalid auth token",
        "FAILED_PRECONDITION, etcdserver: authentication is not enabled",
        "INVALID_ARGUMENT, etcdserver: user name is empty",
        "INVALID_ARGUMENT, etcdserver: revision of auth store is old"
    })
    void ofWrite_refusedBeforeExecution_isUnavailable(Status.Code code, String description) {
        assertInstanceOf(StoreUnavailableException.class, ofWrite(code, description));
    }

    /** The quota: etcd executes the transaction that exceeds it, and reports this error. */
    @ParameterizedTest
    @CsvSource({
        "RESOURCE_EXHAUSTED, etcdserver: mvcc: database space exceeded",
        "RESOURCE_EXHAUSTED, gRPC message exceeds maximum size",
        "UNAVAILABLE, etcdserver: request timed out",
        "UNAVAILABLE, etcdserver: leader changed",
        "UNAVAILABLE, io exception",
        "PERMISSION_DENIED, refused by a proxy",
        "DEADLINE_EXCEEDED, deadline exceeded"
    })
    void ofWrite_possiblyExecuted_isUnknown(Status.Code code, String description) {
        assertInstanceOf(OutcomeUnknownException.class, ofWrite(code, description));
    }

    @ParameterizedTest
    @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void failures_withoutDescription_areUnknownForWritesAndUnavailableForReads(Status.Code code) {
        StatusRuntimeException failed = code.toStatus().asRuntimeException();
        assertInstanceOf(OutcomeUnknownException.class, Failures.ofWrite("commit", failed));
        assertInstanceOf(StoreUnavailableException.class, Failures.ofRead("load", failed));
    }

    @Test
    void message_anyFailure_namesCallAndError() {
        assertEquals(
                "cannot commit revision 2: UNAVAILABLE: io exception",
                Failures.ofWrite(
                                "commit revision 2",
                                Status.UNAVAILABLE
                                        .withDescription("io exception")
                                        .asRuntimeException())
                        .getMessage());
    }

    private static StoreException ofWrite(Status.Code code, String description) {
        return Failures.ofWrite(
                "commit", code.toStatus().withDescription(description).asRuntimeException());
    }
}
