package io.ipam.store.etcd;

import io.ipam.store.CorruptStoreException;
import io.ipam.store.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the first key that does not fit a commit, after a guard has failed. Thread safety: none.
 */
final class GuardFinding {
    private final EtcdCalls calls;
    private final Keys keys;
    private final Head next;

    GuardFinding(EtcdCalls calls, Keys keys, Head next) {
        this.calls = calls;
        this.keys = keys;
        this.next = next;
    }

    /** The exception that states the finding. */
    CorruptStoreException find(List<Condition> guards) {
        List<Get> gets = new ArrayList<>();
        guards.forEach(guard -> gets.add(Get.one(guard.key())));
        List<Range> found = calls.read("read the keys of a failed guard", Txn.read(gets.toArray(Get[]::new)))
                .ranges();
        for (int i = 0; i < found.size(); i++) {
            Optional<String> required = guards.get(i).required();
            Optional<String> present = found.get(i).value();
            if (!present.equals(required)) {
                return corrupt("the key " + guards.get(i).key() + " must be " + required.orElse("absent") + ", was "
                        + present.orElse("absent"));
            }
        }
        return corrupt("another program changes the keys of " + keys.root() + " at this moment");
    }

    private CorruptStoreException corrupt(String finding) {
        return new CorruptStoreException("cannot commit " + next + ": " + finding);
    }
}
