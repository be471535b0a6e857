package org.lanewise.cli;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A class names an interface in its own declaration; exceptions, enums and lambdas inherit theirs. */
final class DirectlyImplements extends ArchCondition<JavaClass> {
    private final String type;

    DirectlyImplements(String type) {
        super("directly implement " + type);
        this.type = type;
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean implementsIt = item.getRawInterfaces().stream().anyMatch(raw -> raw.getFullName().equals(type));
        events.add(new SimpleConditionEvent(item, implementsIt, item.getDescription() + " implements " + type));
    }
}
