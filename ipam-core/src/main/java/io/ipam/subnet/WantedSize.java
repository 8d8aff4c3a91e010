package io.ipam.subnet;

import io.ipam.pool.Application;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The requested size of a pool. */
final class WantedSize {
    /** The built-in kinds of Kubernetes, whose replicas are known. */
    private static final Map<String, Set<String>> KINDS_BY_VERSION = Map.of(
            "v1", Set.of("Pod"),
            "apps/v1", Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet"),
            "batch/v1", Set.of("Job", "CronJob"));

    private WantedSize() {}

    /** The number of addresses. Replicas and number are ints; their sum may not fit in an int. */
    static BigInteger of(Application application, PoolSize size) {
        BigInteger number = BigInteger.valueOf(size.number());
        return size.flexible() ? number.add(BigInteger.valueOf(application.replicas())) : number;
    }

    /**
     * The problem of a flexible size, which depends on the replicas: they are unknown for kinds
     * that are not built into Kubernetes.
     */
    static Optional<Problem> problem(Application application, PoolSize size) {
        boolean known = KINDS_BY_VERSION
                .getOrDefault(application.apiVersion(), Set.of())
                .contains(application.kind());
        return known || !size.flexible()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ProblemType.NOT_SUPPORTED,
                        "",
                        size.toString(),
                        "a size relative to the replicas requires a built-in kind of Kubernetes, not "
                                + application.apiVersion() + " " + application.kind(),
                        "write a fixed number of addresses, such as \"5\""));
    }
}
