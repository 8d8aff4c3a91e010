package io.ipam.resolution;

import io.ipam.address.Family;
import io.ipam.pool.Application;
import io.ipam.pool.LabelRequirement;
import java.util.List;
import java.util.Optional;

/**
 * Why a pool that was looked at is not a candidate: the first reason in the fixed order of the records below. Full is not
 * among them. Each record holds what was wanted and what was found; the texts are made when they are asked for.
 *
 * <p>Thread safety: immutable.
 */
public sealed interface Rejection {
    /** {@return the pool's name, as named} */
    String pool();

    /** {@return what is the matter, as the end of a sentence about the pool: {@code is disabled}} */
    String reason();

    /** {@return what would make the pool serve, as a command: {@code enable it}} */
    String remedy();

    /**
     * No pool has this name.
     *
     * @param pool the name
     */
    record UnknownPool(String pool) implements Rejection {
        @Override
        public String reason() {
            return "does not exist";
        }

        @Override
        public String remedy() {
            return "create it, or correct the name";
        }
    }

    /**
     * The pool is being deleted.
     *
     * @param pool its name
     */
    record Terminating(String pool) implements Rejection {
        @Override
        public String reason() {
            return "is being deleted";
        }

        @Override
        public String remedy() {
            return "name another pool, or create it again once it is gone";
        }
    }

    /**
     * The pool is disabled.
     *
     * @param pool its name
     */
    record Disabled(String pool) implements Rejection {
        @Override
        public String reason() {
            return "is disabled";
        }

        @Override
        public String remedy() {
            return "enable it";
        }
    }

    /**
     * The pool has addresses of the other family.
     *
     * @param pool its name
     * @param wanted the family of the demand
     * @param actual the family of the pool
     */
    record WrongFamily(String pool, Family wanted, Family actual) implements Rejection {
        @Override
        public String reason() {
            return "is an " + actual.label() + " pool where " + wanted.label() + " is wanted";
        }

        @Override
        public String remedy() {
            return "name it for " + actual.label() + ", and another pool for " + wanted.label();
        }
    }

    /**
     * The pool lists its nodes, and the workload's is not one of them.
     *
     * @param pool its name
     * @param wanted the nodes listed
     * @param actual the workload's node, empty when it is not known
     */
    record NodeNameMismatch(String pool, List<String> wanted, String actual) implements Rejection {
        @Override
        public String reason() {
            return "is for nodes " + wanted + ", not for " + RejectionText.named("node", actual);
        }

        @Override
        public String remedy() {
            return "add " + RejectionText.named("node", actual) + " to its nodeName, or run on one of " + wanted;
        }
    }

    /**
     * The pool selects its nodes by label, and the workload's does not match.
     *
     * @param pool its name
     * @param requirement the first requirement that is not met
     * @param actual the value that the node has under the key of the requirement
     */
    record NodeSelectorMismatch(String pool, LabelRequirement requirement, Optional<String> actual)
            implements Rejection {
        @Override
        public String reason() {
            return RejectionText.selector("nodeAffinity", "the node", requirement, actual);
        }

        @Override
        public String remedy() {
            return RejectionText.selectorRemedy("nodeAffinity", "the node", requirement);
        }
    }

    /**
     * The pool lists its namespaces, and the workload's is not one of them.
     *
     * @param pool its name
     * @param wanted the namespaces listed
     * @param actual the workload's namespace
     */
    record NamespaceNameMismatch(String pool, List<String> wanted, String actual) implements Rejection {
        @Override
        public String reason() {
            return "is for namespaces " + wanted + ", not for " + RejectionText.named("namespace", actual);
        }

        @Override
        public String remedy() {
            return "add " + RejectionText.named("namespace", actual) + " to its namespaceName";
        }
    }

    /**
     * The pool selects its namespaces by label, and the workload's does not match.
     *
     * @param pool its name
     * @param requirement the first requirement that is not met
     * @param actual the value that the namespace has under the key of the requirement
     */
    record NamespaceSelectorMismatch(String pool, LabelRequirement requirement, Optional<String> actual)
            implements Rejection {
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
     * @param pool its name
     * @param requirement the first requirement that is not met
     * @param actual the value that the workload has under the key of the requirement
     */
    record PodSelectorMismatch(String pool, LabelRequirement requirement, Optional<String> actual)
            implements Rejection {
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
     * @param pool its name
     * @param wanted the application that owns the pool, {@code apps/v1 Deployment shop/cart}
     * @param actual the workload's application
     */
    record ApplicationMismatch(String pool, String wanted, Optional<Application> actual) implements Rejection {
        @Override
        public String reason() {
            return "was created for " + wanted + ", not for "
                    + actual.map(RejectionText::application).orElse("a workload without an application");
        }

        @Override
        public String remedy() {
            return "name another pool: this one belongs to its application";
        }
    }

    /**
     * The pool lists networks, and the interface does not join one of them.
     *
     * @param pool its name
     * @param wanted the networks listed
     * @param actual the network that the interface joins
     */
    record AttachmentMismatch(String pool, List<String> wanted, Optional<String> actual) implements Rejection {
        @Override
        public String reason() {
            return "is for networks " + wanted + ", and the interface joins " + actual.orElse("none that is known");
        }

        @Override
        public String remedy() {
            return actual.map(network -> "add " + network + " to its multusName, or attach the interface to ")
                            .orElse("attach the interface to ")
                    + (wanted.size() == 1 ? wanted.get(0) : "one of " + wanted);
        }
    }

    /**
     * The pool has no address that could ever be handed out.
     *
     * @param pool its name
     * @param cause which set took the last one
     */
    record NoUsableAddress(String pool, Cause cause) implements Rejection {
        /** What leaves a pool without a usable address. */
        public enum Cause {
            /** It lists none. */
            LISTS_NONE,
            /** All that it lists are excluded. */
            ALL_EXCLUDED,
            /** All that are left are reserved in the cluster. */
            ALL_RESERVED
        }

        @Override
        public String reason() {
            return switch (cause) {
                case LISTS_NONE -> "lists no address";
                case ALL_EXCLUDED -> "excludes every address that it lists";
                case ALL_RESERVED -> "has only reserved addresses";
            };
        }

        @Override
        public String remedy() {
            return switch (cause) {
                case LISTS_NONE -> "add addresses to its ips";
                case ALL_EXCLUDED -> "add addresses to its ips, or lift an exclusion";
                case ALL_RESERVED -> "add addresses to its ips, or lift a reservation";
            };
        }
    }

    /**
     * A filter of the caller refused the pool, or failed on it.
     *
     * @param pool its name
     * @param filter the filter's name
     * @param explanation the filter's words
     * @param cause what the filter threw, if it failed
     */
    record CustomFilter(String pool, String filter, String explanation, Optional<Throwable> cause)
            implements Rejection {
        @Override
        public String reason() {
            return cause.isPresent()
                    ? "could not be judged: filter " + filter + " failed with " + cause.get()
                    : "is refused by filter " + filter + ": " + explanation;
        }

        @Override
        public String remedy() {
            return cause.isPresent() ? "repair filter " + filter : "satisfy filter " + filter + ": " + explanation;
        }
    }

    /**
     * The order of the caller failed on the pool.
     *
     * @param pool its name
     * @param cause what the order threw
     */
    record CustomOrder(String pool, Throwable cause) implements Rejection {
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
