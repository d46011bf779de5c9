/* SPDX-License-Identifier: Apache-2.0 */
/* The tables. Adding a common spelling is adding it to a line here. */
#include "features/import/import_concepts.h"

#include <assert.h>

static const ImportConcept relations[] = {
    {"mother|mom|mum|mommy|mama|madre|mami|biological mother|bio mom", "parent"},
    {"father|dad|daddy|papa|padre|papi|biological father|bio dad", "parent"},
    {"parent|parents|padres|madre o padre|padre o madre|mother or father", NULL},
    {"stepparent|stepmother|stepmom|stepfather|stepdad|madrastra|padrastro", "parent"},
    {"grandmother|grandma|granny|nana|abuela|abuelita", "grandparent"},
    {"grandfather|grandpa|abuelo|abuelito", "grandparent"},
    {"grandparent|grandparents|abuelos|abuela o abuelo|abuelo o abuela", "kinship"},
    {"aunt|auntie|tia", "kinship"},
    {"uncle|tio", "kinship"},
    {"sibling|sister|brother|hermana|hermano", "kinship"},
    {"kinship|relative|family member|kin|kinship caregiver|other relative|familiar|pariente|otro familiar",
     NULL},
    {"foster parent|foster mother|foster mom|foster father|foster dad|foster|resource parent|madre de "
     "crianza|"
     "padre de crianza|madre o padre de crianza|padres de crianza|familia de acogida|acogida",
     NULL},
    {"adoptive parent|adoptive mother|adoptive mom|adoptive father|adoptive dad|madre adoptiva|padre "
     "adoptivo",
     "parent"},
    {"guardian|legal guardian|tutor|tutora|tutor legal", NULL},
    {"self|youth|myself|me|young person|young adult|i am the young person|yo|yo mismo|yo misma|joven|"
     "persona joven",
     NULL},
};

static const ImportConcept experiences[] = {
    {"anxiety|panic|panic attacks|worry|ansiedad|panico", NULL},
    {"depression|sadness|depresion|tristeza", NULL},
    {"adhd|add|attention|hyperactivity|tdah|deficit de atencion", NULL},
    {"autism|asd|autistic|asperger|autismo|espectro autista", NULL},
    {"psychosis|hearing voices|schizophrenia|psicosis|oir voces|esquizofrenia", NULL},
    {"bipolar|mood swings|trastorno bipolar", NULL},
    {"ocd|toc|compulsions", NULL},
    {"eating|eating disorder|eating disorders|anorexia|bulimia|alimentacion|trastorno alimentario", NULL},
    {"self harm|selfharm|self injury|cutting|autolesion|autolesiones|hacerse dano", NULL},
    {"suicide|suicidal|suicidal thoughts|suicidio|pensamientos suicidas", NULL},
    {"grief|loss|bereavement|duelo|perdida", NULL},
    {"trauma|ptsd|abuse|abuso", NULL},
    {"substance use|substances|substance abuse|drugs|drug use|alcohol|addiction|sud|sustancias|uso de "
     "sustancias|"
     "consumo de sustancias|drogas|adiccion",
     NULL},
    {"hospital stay|hospital stays|hospital|inpatient|hospitalization|hospitalizacion|estancia en el "
     "hospital|"
     "hospitalizaciones",
     NULL},
    {"residential|residential treatment|residential care|tratamiento residencial", NULL},
    {"crisis|emergency room|mobile crisis|sala de emergencias", NULL},
    {"school refusal|refusing school|wont go to school|not going to school|rechazo escolar|rechazo a la "
     "escuela|"
     "no quiere ir a la escuela",
     NULL},
    {"iep|504|special education|special ed|iep meetings|school meetings|educacion especial", NULL},
    {"bullying|acoso escolar", NULL},
    {"suspension|suspensions|expulsion|suspensiones", NULL},
    {"juvenile court|juvenile justice|court|probation|detention|tribunal de menores|corte juvenil|corte de "
     "menores|"
     "juzgado|justicia juvenil|libertad condicional",
     NULL},
    {"child welfare|cps|dcf|child protective services|bienestar infantil|proteccion infantil", NULL},
    {"foster|foster care|acogida|crianza temporal|hogar temporal", NULL},
    {"kinship|kinship care|raising grandchildren|crianza por familiares|familia extendida", NULL},
    {"adoption|adopted|adopcion", NULL},
    {"lgbtq youth|lgbtq|lgbt|lgbtqia|queer|gay|trans|transgender|coming out|jovenes lgbtq|juventud lgbtq",
     NULL},
    {"wraparound|wrap around|wrap", NULL},
    {"medication|medications|meds|medicamentos|medicinas", NULL},
    {"anger|aggression|aggressive|violence at home|enojo|agresion", NULL},
    {"running away|runaway|fugas|huir de casa", NULL},
    {"divorce|separation|divorcio|separacion", NULL},
    {"military family|deployment|familia militar", NULL},
    {"immigration|inmigracion", NULL},
    {"housing|homelessness|vivienda", NULL},
};

static const ImportConcept languages[] = {
    {"english|eng|en|ingles", NULL},
    {"spanish|span|spa|sp|es|espanol|castellano", NULL},
    {"asl|american sign language|sign language|sign|lengua de senas|lengua de senas americana|lenguaje de "
     "senas",
     NULL},
    {"vietnamese|viet|vi|vietnamita", NULL},
    {"mandarin|mandarin chinese", NULL},
    {"cantonese|cantones", NULL},
    {"chinese|chino", "mandarin"},
    {"haitian creole|creole|kreyol|criollo haitiano|criollo", NULL},
    {"portuguese|port|pt|portugues", NULL},
    {"french|fr|frances", NULL},
    {"arabic|arabe", NULL},
    {"russian|ruso", NULL},
    {"korean|coreano", NULL},
    {"tagalog|filipino", NULL},
    {"somali", NULL},
    {"hmong", NULL},
    {"ukrainian|ucraniano", NULL},
    {"amharic|amarico", NULL},
    {"navajo|dine", NULL},
};

static const ImportConcept times[] = {
    {"weekdays|weekday|week days|entre semana|dias de semana", NULL},
    {"weekends|weekend|fin de semana|fines de semana", NULL},
    {"mornings|morning|am|manana|mananas|por la manana", NULL},
    {"afternoons|afternoon|after school|tarde|tardes|por la tarde", NULL},
    {"evenings|evening|eves|eve|nights|night|noche|noches|por la noche", NULL},
};

const ImportConcept *import_concepts(ImportTopic topic, size_t *ret_count) {
    static const struct {
        const ImportConcept *items;
        size_t count;
    } tables[TOPIC_COUNT] = {
        [TOPIC_RELATION] = {relations, sizeof relations / sizeof relations[0]},
        [TOPIC_EXPERIENCE] = {experiences, sizeof experiences / sizeof experiences[0]},
        [TOPIC_LANGUAGE] = {languages, sizeof languages / sizeof languages[0]},
        [TOPIC_TIME] = {times, sizeof times / sizeof times[0]},
    };
    _Static_assert(sizeof experiences / sizeof experiences[0] <= 64, "each concept is one bit of 64");
    assert(topic < TOPIC_COUNT);
    *ret_count = tables[topic].count;
    return tables[topic].items;
}
