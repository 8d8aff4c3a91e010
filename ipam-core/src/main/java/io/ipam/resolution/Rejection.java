package io.ipam.resolution;

import static java.util.Objects.requireNonNull;

import io.ipam.address.Address;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.pool.Application;
import io.ipam.pool.LabelRequirement;
import java.util.List;
import java.util.Optional;

/**
 * The reason why a named pool is not a candidate: the first in the fixed order of the records
 * below. A full pool is not rejected. Each record holds the expected and the actual value, copies
 * lists, and rejects null; texts are made on request.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface Rejection {
    /** {@return the pool's name, as named} */
    String pool();

    /** {@return the reason, as the end of a sentence about the pool: {@code is disabled}} */
    String reason();

    /** {@return the remedy, as a command: {@code enable it}} */
    default String remedy() {
        return "name another pool";
    }

    /** No pool has this name. Only the first 16 such names of a request get a nearest one. */
    record UnknownPool(String pool, Optional<String> nearest) implements Rejection {
        public UnknownPool {
            RejectionText.check(pool, "nearest", nearest);
        }

        @Override
        public String reason() {
            return "does not exist"
                    + nearest.map("; the nearest name is "::concat).orElse("");
        }

        @Override
        public String remedy() {
            return nearest.map(name -> "correct the name to " + name + ", or create it")
                    .orElse("create it, or correct the name");
        }
    }

    /** The pool is being deleted. */
    record Terminating(String pool) implements Rejection {
        public Terminating {
            requireNonNull(pool, "pool");
        }

        @Override
        public String reason() {
            return "is being deleted";
        }

        @Override
        public String remedy() {
            return "name another pool, or create it again after its removal";
        }
    }

    /** The pool is disabled. */
    record Disabled(String pool) implements Rejection {
        public Disabled {
            requireNonNull(pool, "pool");
        }

        @Override
        public String reason() {
            return "is disabled";
        }

        @Override
        public String remedy() {
            return "enable it";
        }
    }

    /** The pool has addresses of another family than the demand. */
    record WrongFamily(String pool, Family wanted, Family actual) implements Rejection {
        public WrongFamily {
            RejectionText.check(pool, "wanted", wanted);
            requireNonNull(actual, "actual");
        }

        @Override
        public String reason() {
            return "has " + actual.label() + " addresses, not " + wanted.label();
        }

        @Override
        public String remedy() {
            return "name it for " + actual.label() + ", and another pool for " + wanted.label();
        }
    }

    /**
     * The pool lists its nodes, and the workload's is not one of them.
     *
     * @param wanted the nodes listed
     * @param actual the workload's node, empty if it is unknown
     */
    record NodeNameMismatch(String pool, List<String> wanted, String actual) implements Rejection {
        public NodeNameMismatch {
            wanted = RejectionText.checked(pool, "wanted", wanted, actual);
        }

        @Override
        public String reason() {
            return RejectionText.served("node", wanted, actual);
        }

        @Override
        public String remedy() {
            return RejectionText.nodeRemedy(wanted, actual);
        }
    }

    /**
     * The pool selects its nodes by label, and the workload's does not match.
     *
     * @param requirement the first requirement that is not met
     * @param node the workload's node, empty if it is unknown
     * @param actual the value that the node has under the key of the requirement
     */
    record NodeSelectorMismatch(String pool, LabelRequirement requirement, String node, Optional<String> actual)
            implements Rejection {
        public NodeSelectorMismatch {
            RejectionText.check(pool, requirement, actual);
            requireNonNull(node, "node");
        }

        @Override
        public String reason() {
            return RejectionText.nodeSelector(node, requirement, actual);
        }

        @Override
        public String remedy() {
            return RejectionText.nodeSelectorRemedy(node, requirement, actual);
        }
    }

    /**
     * The pool lists its namespaces, and the workload's is not one of them.
     *
     * @param wanted the namespaces listed
     * @param actual the workload's namespace
     */
    record NamespaceNameMismatch(String pool, List<String> wanted, String actual) implements Rejection {
        public NamespaceNameMismatch {
            wanted = RejectionText.checked(pool, "wanted", wanted, actual);
        }

        @Override
        public String reason() {
            return RejectionText.served("namespace", wanted, actual);
        }

        @Override
        public String remedy() {
            return RejectionText.namespaceRemedy(wanted, actual);
        }
    }

    /**
     * The pool selects its namespaces by label, and the workload's does not match.
     *
     * @param requirement the first requirement that is not met
     * @param actual the value that the namespace has under the key of the requirement
     */
    record NamespaceSelectorMismatch(String pool, LabelRequirement requirement, Optional<String> actual)
            implements Rejection {
        public NamespaceSelectorMismatch {
            RejectionText.check(pool, requirement, actual);
        }

        @Override
        public String reason() {
            return RejectionText.selector("namespaceAffinity", "the namespace", requirement, actual);
        }

        @Override
        public String remedy() {
            return RejectionText.selectorRemedy("namespaceAffinity", "the namespace", requirement);
        }
    }

    /**
     * The pool selects its workloads by label, and this one does not match.
     *
     * @param requirement the first requirement that is not met
     * @param actual the value that the workload has under the key of the requirement
     */
    record PodSelectorMismatch(String pool, LabelRequirement requirement, Optional<String> actual)
            implements Rejection {
        public PodSelectorMismatch {
            RejectionText.check(pool, requirement, actual);
        }

        @Override
        public String reason() {
            return RejectionText.selector("podAffinity", "the workload", requirement, actual);
        }

        @Override
        public String remedy() {
            return RejectionText.selectorRemedy("podAffinity", "the workload", requirement);
        }
    }

    /**
     * The pool was created for one application, and the workload is not part of it.
     *
     * @param wanted the application that owns the pool, {@code apps/v1 Deployment shop/cart}
     * @param actual the workload's application
     */
    record ApplicationMismatch(String pool, String wanted, Optional<Application> actual) implements Rejection {
        public ApplicationMismatch {
            RejectionText.check(pool, "wanted", wanted);
            requireNonNull(actual, "actual");
        }

        @Override
        public String reason() {
            return RejectionText.createdFor(wanted, actual);
        }
    }

    /**
     * The pool lists networks, and the interface does not join one of them.
     *
     * @param wanted the networks listed
     * @param actual the network that the interface joins
     */
    record AttachmentMismatch(String pool, List<String> wanted, Optional<String> actual) implements Rejection {
        public AttachmentMismatch {
            wanted = RejectionText.checked(pool, "wanted", wanted, actual);
        }

        @Override
        public String reason() {
            return RejectionText.served("network", wanted, actual.orElse(""));
        }

        @Override
        public String remedy() {
            return RejectionText.networkRemedy(wanted, actual);
        }
    }

    /** The pool's subnet has none of the actual addresses of the master interface. */
    record MasterSubnetMismatch(String pool, Prefix subnet, List<Address> actual) implements Rejection {
        public MasterSubnetMismatch {
            requireNonNull(subnet, "subnet");
            actual = RejectionText.checked(pool, "actual", actual, subnet);
        }

        @Override
        public String reason() {
            return RejectionText.masterSubnet(subnet, actual);
        }
    }

    /** The pool has no address that could ever be allocated. */
    record NoUsableAddress(String pool, Cause cause) implements Rejection {
        public NoUsableAddress {
            RejectionText.check(pool, "cause", cause);
        }

        /** The reason why a pool has no usable address. */
        public enum Cause {
            /** It lists no addresses. */
            LISTS_NONE("lists no address", "add addresses to its ips"),
            /** All listed addresses are excluded. */
            ALL_EXCLUDED("excludes every address that it lists", "add addresses to its ips, or remove an exclusion"),
            /** All other addresses are reserved in the cluster. */
            ALL_RESERVED("has only reserved addresses", "add addresses to its ips, or remove a reservation"),
            /** Some of its records could not be read in a restore. */
            CLOSED(
                    "is closed, because its records could not be read as a whole",
                    "open it with IpamState.openPool when every address in use is known");

            private final String reason;
            private final String remedy;

            Cause(String reason, String remedy) {
                this.reason = reason;
                this.remedy = remedy;
            }
        }

        @Override
        public String reason() {
            return cause.reason;
        }

        @Override
        public String remedy() {
            return cause.remedy;
        }
    }

    /** The filter of a caller refused the pool with an explanation, or failed with an exception. */
    record CustomFilter(String pool, String filter, String explanation, Optional<Throwable> cause)
            implements Rejection {
        public CustomFilter {
            RejectionText.check(pool, "filter", filter);
            requireNonNull(explanation, "explanation");
            requireNonNull(cause, "cause");
        }

        @Override
        public String reason() {
            return RejectionText.refused(filter, explanation, cause);
        }

        @Override
        public String remedy() {
            return cause.isPresent() ? "repair filter " + filter : "satisfy filter " + filter + ": " + explanation;
        }
    }

    /** The order of the caller failed on the pool with an exception. */
    record CustomOrder(String pool, Throwable cause) implements Rejection {
        public CustomOrder {
            RejectionText.check(pool, "cause", cause);
        }

        @Override
        public String reason() {
            return "could not be ranked: the order failed with " + cause;
        }

        @Override
        public String remedy() {
            return "repair the order";
        }
    }
}
