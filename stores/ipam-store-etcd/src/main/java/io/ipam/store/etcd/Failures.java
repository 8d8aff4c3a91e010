package io.ipam.store.etcd;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.ipam.store.OutcomeUnknownException;
import io.ipam.store.StoreException;
import io.ipam.store.StoreUnavailableException;
import io.ipam.store.UnstorableException;
import java.util.Set;

/**
 * The meaning of a failed call. The outcome of a commit is unknown, except after the errors that
 * etcd reports before it executes a transaction. The error that its quota is exceeded is not one of
 * them: etcd also reports it after it has executed the transaction.
 *
 * <p>Thread safety: stateless.
 */
final class Failures {
    private static final Set<String> TOO_LARGE = Set.of(
            "etcdserver: request is too large",
            "etcdserver: too many operations in txn request",
            "etcdserver: duplicate key given in txn request");
    private static final String TOO_LARGE_FOR_GRPC = "grpc: received message larger than max";
    /** The login of {@link EtcdPassword} failed before the call was sent. */
    private static final String NO_AUTHENTICATION = "etcdserver: authentication is not enabled";

    private static final Set<Status.Code> REFUSED =
            Set.of(Status.Code.INVALID_ARGUMENT, Status.Code.PERMISSION_DENIED, Status.Code.UNAUTHENTICATED);

    private Failures() {}

    static StoreException ofRead(String failure, StatusRuntimeException failed) {
        return new StoreUnavailableException(message(failure, failed), failed);
    }

    static StoreException ofWrite(String failure, StatusRuntimeException failed) {
        String message = message(failure, failed);
        String description = description(failed);
        if (TOO_LARGE.contains(description) || description.startsWith(TOO_LARGE_FOR_GRPC)) {
            return new UnstorableException(message + "; use smaller commits, or raise the limit of etcd", failed);
        }
        boolean isRefused = description.equals(NO_AUTHENTICATION)
                || (REFUSED.contains(failed.getStatus().getCode()) && description.startsWith("etcdserver: "));
        return isRefused
                ? new StoreUnavailableException(message, failed)
                : new OutcomeUnknownException(message, failed);
    }

    private static String message(String failure, StatusRuntimeException failed) {
        return "cannot " + failure + ": " + failed.getMessage();
    }

    private static String description(StatusRuntimeException failed) {
        String description = failed.getStatus().getDescription();
        return description == null ? "" : description;
    }
}
