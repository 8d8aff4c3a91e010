package io.ipam.store.etcd;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.Compare;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RangeResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseHeader;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The part of etcd's key-value store that the client uses: transactions over keys with all their
 * earlier values, in memory. Each transaction is one step.
 *
 * <p>Thread safety: safe.
 */
final class FakeEtcd {
    private static final int MAX_OPERATIONS = 128;
    private static final int MAX_BYTES = 1_572_864;
    private static final int MAX_MESSAGE = 2_097_152;

    /** Every value of every key by revision; an empty one is a deletion. */
    private final NavigableMap<ByteString, NavigableMap<Long, Optional<ByteString>>> keys =
            new TreeMap<>(ByteString.unsignedLexicographicalComparator());

    private long revision = 1;
    private long compacted;
    private boolean hasWritten;

    /** Executes a transaction, or throws as etcd does. */
    synchronized TxnResponse execute(TxnRequest request) {
        verify(request);
        long next = revision + 1;
        hasWritten = false;
        TxnResponse response = execute(request, next);
        if (hasWritten) {
            revision = next;
        }
        return response;
    }

    synchronized long revision() {
        return revision;
    }

    /** The changes of a key from a revision on, in their order. */
    synchronized List<Event> changes(ByteString key, long from) {
        List<Event> events = new ArrayList<>();
        keys.getOrDefault(key, Collections.emptyNavigableMap())
                .tailMap(from, true)
                .forEach((at, value) -> events.add(Event.newBuilder()
                        .setType(value.isPresent() ? Event.EventType.PUT : Event.EventType.DELETE)
                        .setKv(KeyValue.newBuilder()
                                .setKey(key)
                                .setModRevision(at)
                                .setValue(value.orElse(ByteString.EMPTY)))
                        .build()));
        return events;
    }

    /** Makes the present revision the earliest one that can be read. */
    synchronized void compact() {
        compacted = revision;
    }

    /** The present keys that begin with a prefix. */
    synchronized List<KeyValue> pairs(String prefix) {
        RangeRequest all = RangeRequest.newBuilder()
                .setKey(ByteString.copyFromUtf8(prefix))
                .setRangeEnd(ByteString.copyFromUtf8(prefix + "\uFFFF"))
                .build();
        return range(all, revision).getKvsList();
    }

    private TxnResponse execute(TxnRequest request, long next) {
        boolean succeeds = request.getCompareList().stream().allMatch(this::holds);
        TxnResponse.Builder response = TxnResponse.newBuilder().setSucceeded(succeeds);
        for (RequestOp operation : succeeds ? request.getSuccessList() : request.getFailureList()) {
            response.addResponses(execute(operation, next));
        }
        return response.setHeader(ResponseHeader.newBuilder().setRevision(hasWritten ? next : revision))
                .build();
    }

    private ResponseOp execute(RequestOp operation, long next) {
        ResponseOp.Builder response = ResponseOp.newBuilder();
        return switch (operation.getRequestCase()) {
            case REQUEST_RANGE ->
                response.setResponseRange(range(operation.getRequestRange(), next))
                        .build();
            case REQUEST_PUT ->
                response.setResponsePut(put(operation.getRequestPut(), next)).build();
            case REQUEST_DELETE_RANGE ->
                response.setResponseDeleteRange(delete(operation.getRequestDeleteRange(), next))
                        .build();
            default -> throw new IllegalArgumentException("operation " + operation.getRequestCase());
        };
    }

    /** A condition of a range holds for each of its keys, or for a key that is absent. */
    private boolean holds(Compare compare) {
        List<ByteString> present = within(compare.getKey(), compare.getRangeEnd()).stream()
                .filter(key -> at(key, Long.MAX_VALUE).isPresent())
                .toList();
        return (present.isEmpty() ? List.of(compare.getKey()) : present)
                .stream().allMatch(key -> holds(compare, key));
    }

    private boolean holds(Compare compare, ByteString key) {
        Optional<ByteString> value = at(key, Long.MAX_VALUE);
        return switch (compare.getTarget()) {
            case VALUE -> {
                require(compare.getTargetUnionCase() == Compare.TargetUnionCase.VALUE, "no value");
                yield compare.getResult() == Compare.CompareResult.EQUAL
                        && value.equals(Optional.of(compare.getValue()));
            }
            case VERSION -> {
                require(compare.getTargetUnionCase() == Compare.TargetUnionCase.VERSION, "no version");
                yield value.isPresent() == (compare.getResult() == Compare.CompareResult.GREATER);
            }
            case CREATE -> {
                require(compare.getTargetUnionCase() == Compare.TargetUnionCase.CREATE_REVISION, "no revision");
                require(compare.getResult() == Compare.CompareResult.GREATER, "an unknown comparison");
                yield created(key, Long.MAX_VALUE) > compare.getCreateRevision();
            }
            default -> throw new IllegalArgumentException("target " + compare.getTarget());
        };
    }

    private static void require(boolean condition, String failure) {
        if (!condition) {
            throw new IllegalArgumentException(failure);
        }
    }

    private Optional<ByteString> at(ByteString key, long at) {
        NavigableMap<Long, Optional<ByteString>> values = keys.get(key);
        return values == null || values.floorEntry(at) == null
                ? Optional.empty()
                : values.floorEntry(at).getValue();
    }

    /** The revision of the first value after the last deletion; 0 if the key is absent. */
    private long created(ByteString key, long at) {
        long created = 0;
        for (var value : keys.getOrDefault(key, Collections.emptyNavigableMap())
                .headMap(at, true)
                .entrySet()) {
            created = value.getValue().isEmpty() ? 0 : created == 0 ? value.getKey() : created;
        }
        return created;
    }

    private RangeResponse range(RangeRequest request, long present) {
        if (request.getRevision() > 0 && request.getRevision() < compacted) {
            throw refused(Status.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted");
        }
        long at = request.getRevision() > 0 ? request.getRevision() : present;
        RangeResponse.Builder response = RangeResponse.newBuilder();
        for (ByteString key : within(request.getKey(), request.getRangeEnd())) {
            Optional<ByteString> value = at(key, at);
            if (value.isPresent() && request.getLimit() > 0 && response.getKvsCount() == request.getLimit()) {
                return response.setMore(true).build();
            }
            value.ifPresent(bytes -> response.addKvs(KeyValue.newBuilder()
                    .setKey(key)
                    .setCreateRevision(created(key, at))
                    .setVersion(1)
                    .setValue(bytes)));
        }
        return response.build();
    }

    private List<ByteString> within(ByteString key, ByteString end) {
        return end.isEmpty()
                ? List.of(key)
                : new ArrayList<>(keys.subMap(key, true, end, false).keySet());
    }

    private PutResponse put(PutRequest request, long next) {
        hasWritten = true;
        keys.computeIfAbsent(request.getKey(), key -> new TreeMap<>()).put(next, Optional.of(request.getValue()));
        return PutResponse.getDefaultInstance();
    }

    private DeleteRangeResponse delete(DeleteRangeRequest request, long next) {
        for (ByteString key : within(request.getKey(), request.getRangeEnd())) {
            if (at(key, next).isPresent()) {
                hasWritten = true;
                keys.get(key).put(next, Optional.empty());
            }
        }
        return DeleteRangeResponse.getDefaultInstance();
    }

    private static void verify(TxnRequest request) {
        int operations =
                Math.max(request.getCompareCount(), Math.max(request.getSuccessCount(), request.getFailureCount()));
        if (operations > MAX_OPERATIONS) {
            throw refused(Status.INVALID_ARGUMENT, "etcdserver: too many operations in txn request");
        }
        Set<ByteString> written = new HashSet<>();
        for (RequestOp operation : request.getSuccessList()) {
            if (operation.hasRequestPut()
                    && !written.add(operation.getRequestPut().getKey())) {
                throw refused(Status.INVALID_ARGUMENT, "etcdserver: duplicate key given in txn request");
            }
        }
        if (request.getSerializedSize() > MAX_MESSAGE) {
            throw refused(Status.RESOURCE_EXHAUSTED, "grpc: received message larger than max (6000664 vs. 2097152)");
        }
        if (request.getSerializedSize() > MAX_BYTES) {
            throw refused(Status.INVALID_ARGUMENT, "etcdserver: request is too large");
        }
    }

    private static RuntimeException refused(Status status, String description) {
        return status.withDescription(description).asRuntimeException();
    }
}
