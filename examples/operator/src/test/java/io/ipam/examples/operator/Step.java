package io.ipam.examples.operator;

import io.ipam.store.Change;
import io.ipam.store.Commit;
import io.ipam.store.Realm;
import java.util.EnumSet;
import java.util.Set;

/** The points between two writes of an operator. A crash there must not lose anything. */
enum Step {
    /** The state exists, with the records of the pools; nothing else is written. */
    REALM_CREATED,
    /** The state has the addresses of a pod, which does not show them yet. */
    POD_ALLOCATED,
    /** The pod shows its addresses. */
    POD_ANNOTATED,
    /** The addresses of a pod that has ended are released; the pod still has the finalizer. */
    POD_RELEASED,
    /** A pool document has the finalizer; the state lacks the pool. */
    POOL_MARKED,
    /** The state lacks the pool, whose document still has the finalizer. */
    POOL_REMOVED,
    /** The status of a pool is written. */
    STATUS_WRITTEN,
    /** The status of a pool is written, with a holder. */
    HOLDER_WRITTEN;

    private static final String HOLDER = "podUid";
    private static final String SHOWN = "ipam.io/assigned-to";

    /** The points that a commit reaches. */
    static Set<Step> after(Commit commit) {
        EnumSet<Step> steps = EnumSet.noneOf(Step.class);
        for (Change change : commit.changes()) {
            if (change instanceof Change.RealmPut realm && realm.after().phase() == Realm.Phase.OPEN) {
                return EnumSet.of(REALM_CREATED);
            }
            if (change instanceof Change.Granted || change instanceof Change.Renewed) {
                steps.add(POD_ALLOCATED);
            }
        }
        return steps;
    }

    /** The points that are reached before an object is written. */
    static Set<Step> before(TestCluster.Mode mode, String path, String body) {
        EnumSet<Step> steps = EnumSet.noneOf(Step.class);
        if (path.endsWith("/status") && mode == TestCluster.Mode.STATUS) {
            steps.add(REALM_CREATED);
            if (body.contains(HOLDER)) {
                steps.add(POD_ALLOCATED);
            }
        } else if (isPod(path) && !isKept(body)) {
            steps.add(POD_RELEASED);
        } else if (isPool(path) && !isMarked(body)) {
            steps.add(POOL_REMOVED);
        }
        return steps;
    }

    /** The points that are reached after an object was written. */
    static Set<Step> after(String path, String body) {
        EnumSet<Step> steps = EnumSet.noneOf(Step.class);
        if (path.endsWith("/status")) {
            steps.add(STATUS_WRITTEN);
            if (body.contains(HOLDER)) {
                steps.add(HOLDER_WRITTEN);
            }
        } else if (isPod(path) && isKept(body) && body.contains(SHOWN)) {
            steps.add(POD_ANNOTATED);
        } else if (isPool(path) && isMarked(body)) {
            steps.add(POOL_MARKED);
        }
        return steps;
    }

    private static boolean isPod(String path) {
        return path.contains("/pods/");
    }

    private static boolean isKept(String body) {
        return body.contains("\"ipam.io/addresses\"") || body.contains("\"StatefulSet\"");
    }

    private static boolean isMarked(String body) {
        return body.contains("\"ipam.io/pool\"");
    }

    private static boolean isPool(String path) {
        return path.contains("/spiderippools/") && !path.endsWith("/status");
    }
}
