package io.ipam.store.etcd;

import java.util.ArrayList;
import java.util.List;

/**
 * A transaction, etcd's {@code TxnRequest}: if all conditions hold, the first operations are
 * executed, otherwise the second ones; in one step. A transaction that only reads is linearizable.
 *
 * <p>Thread safety: immutable.
 *
 * @param conditions the conditions
 * @param success the operations if all conditions hold
 * @param failure the operations otherwise
 */
record Txn(List<Condition> conditions, List<Operation> success, List<Operation> failure) {
    Txn {
        conditions = List.copyOf(conditions);
        success = List.copyOf(success);
        failure = List.copyOf(failure);
    }

    static Txn read(Get... gets) {
        return new Txn(List.of(), List.of(gets), List.of());
    }

    /** Whether a result has as many ranges as the executed operations read. */
    boolean fits(Result result) {
        List<Operation> executed = conditions.isEmpty() || result.succeeded() ? success : failure;
        return executed.stream().filter(Get.class::isInstance).count()
                == result.ranges().size();
    }

    MessageWriter message() {
        MessageWriter message = new MessageWriter();
        conditions.forEach(condition -> message.message(1, condition.message()));
        success.forEach(operation -> message.message(2, operation.message()));
        failure.forEach(operation -> message.message(3, operation.message()));
        return message;
    }

    /**
     * The result of a transaction, etcd's {@code TxnResponse}.
     *
     * @param succeeded whether all conditions held
     * @param revision the revision of etcd at which it was executed
     * @param ranges the results of the executed {@link Get}s
     */
    record Result(boolean succeeded, long revision, List<Range> ranges) {
        static Result read(byte[] bytes) {
            MessageReader message = new MessageReader(bytes);
            boolean succeeded = false;
            long revision = 0;
            List<Range> ranges = new ArrayList<>();
            while (message.next()) {
                switch (message.field()) {
                    case 1 -> revision = revision(message.message());
                    case 2 -> succeeded = message.flag();
                    case 3 -> addRange(message.message(), ranges);
                    default -> {} // Fields of later versions.
                }
            }
            return new Result(succeeded, revision, ranges);
        }

        private static long revision(MessageReader header) {
            long revision = 0;
            while (header.next()) {
                revision = header.field() == 3 ? header.number() : revision;
            }
            return revision;
        }

        private static void addRange(MessageReader response, List<Range> ranges) {
            while (response.next()) {
                if (response.field() == 1) {
                    ranges.add(Range.read(response.message()));
                }
            }
        }
    }
}
