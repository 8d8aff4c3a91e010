package io.ipam.resolution;

import io.ipam.pool.Application;
import io.ipam.pool.LabelRequirement;
import java.util.Optional;

/** The phrases that several rejections share. */
final class RejectionText {
    private RejectionText() {}

    static String named(String kind, String name) {
        return name.isEmpty() ? "an unknown " + kind : kind + " " + name;
    }

    static String selector(String field, String subject, LabelRequirement requirement, Optional<String> actual) {
        String key = requirement.key();
        String found = actual.map(value -> "has " + key + "=" + value).orElse("has no label " + key);
        return "wants " + requirement + " (" + field + "), and " + subject + " " + found;
    }

    static String selectorRemedy(String field, String subject, LabelRequirement requirement) {
        return "label " + subject + " so that " + requirement + ", or change its " + field;
    }

    static String application(Application application) {
        return application.apiVersion() + " " + application.kind() + " " + application.namespace() + "/"
                + application.name();
    }
}
