package io.ipam.resolution;

import io.ipam.pool.Application;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application of an auto-created pool: five pairs of its podAffinity. An absent pair is read as
 * empty text, like the group of {@code v1}.
 */
final class OwningApplication {
    private OwningApplication() {}

    static @Nullable Rejection check(Pool pool, LabelSelector owner, Optional<Application> application) {
        if (application.isPresent() && isOwner(owner.matchLabels(), application.get())) {
            return null;
        }
        return new Rejection.ApplicationMismatch(pool.name(), text(owner.matchLabels()), application);
    }

    private static boolean isOwner(Map<String, String> pairs, Application application) {
        return value(pairs, Application.NAME_KEY).equals(application.name())
                && value(pairs, Application.NAMESPACE_KEY).equals(application.namespace())
                && value(pairs, Application.KIND_KEY).equals(application.kind())
                && value(pairs, Application.API_VERSION_KEY).equals(application.version())
                && value(pairs, Application.API_GROUP_KEY).equals(application.apiGroup());
    }

    private static String value(Map<String, String> pairs, String key) {
        return pairs.getOrDefault(key, "");
    }

    private static String text(Map<String, String> pairs) {
        String group = value(pairs, Application.API_GROUP_KEY);
        return (group.isEmpty() ? "" : group + "/") + value(pairs, Application.API_VERSION_KEY) + " "
                + value(pairs, Application.KIND_KEY) + " " + value(pairs, Application.NAMESPACE_KEY) + "/"
                + value(pairs, Application.NAME_KEY);
    }
}
